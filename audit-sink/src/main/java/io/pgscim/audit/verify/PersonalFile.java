package io.pgscim.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.entry.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * What is personal lies sealed in {@code beside/people.db}, and the entry names its digest. Of
 * somebody who was erased there is nothing any more, so what is missing says nothing.
 */
final class PersonalFile implements Companion {
  static final String FILE = "beside/people.db";

  /** Canonical JSON sorts its fields, so the entry of a person begins so. */
  private static final byte[] BEGINNING =
      "{\"details\":{\"active\":".getBytes(StandardCharsets.US_ASCII);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;
  private final PreparedStatement sealed;

  PersonalFile(Path root) throws IOException {
    try {
      connection =
          DriverManager.getConnection(
              "jdbc:sqlite:file:" + root.resolve(FILE).toAbsolutePath() + "?mode=ro");
      sealed = connection.prepareStatement("SELECT sealed FROM known WHERE event = ?");
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void entry(long index, byte[] bundle, int start, int end) throws IOException {
    if (end - start < BEGINNING.length
        || !Arrays.equals(
            bundle, start, start + BEGINNING.length, BEGINNING, 0, BEGINNING.length)) {
      return;
    }
    JsonNode entry = JSON.readTree(bundle, start, end - start);
    JsonNode named = entry.path("details").path("personal");
    if (named.isTextual()) {
      byte[] there = sealed(entry.path("event").asText());
      if (there != null && !Digest.hex(there).equals(named.asText())) {
        throw new Wrong(
            FILE, "what is sealed of entry " + index + " was changed: the entry names other bytes");
      }
    }
  }

  private synchronized byte[] sealed(String event) throws IOException {
    try {
      sealed.setString(1, event);
      try (ResultSet row = sealed.executeQuery()) {
        return row.next() ? row.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static IOException unreadable(SQLException e) {
    return new IOException(FILE + " cannot be read: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }
}
