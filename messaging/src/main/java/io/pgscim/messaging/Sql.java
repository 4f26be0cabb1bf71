package io.pgscim.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements of the relay, each in a file named for what it answers. */
final class Sql {
  private Sql() {}

  /** The text of a statement about this outbox. */
  static String read(String file, String outbox) {
    try (InputStream in = Sql.class.getResourceAsStream(file + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{outbox}", outbox);
    } catch (IOException e) {
      throw new UncheckedIOException("the statement " + file + " is part of the jar", e);
    }
  }
}
