package io.pgscim.audit.verify;

import io.pgscim.audit.entry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Details too large for an entry lie under {@code beside/}, by the digest that the entry names. */
record BesideFiles(Path root) implements Companion {
  /**
   * Canonical JSON sorts its fields, so an entry with details beside it begins so, and no other
   * does.
   */
  private static final byte[] BEGINNING =
      "{\"details\":{\"beside\":\"".getBytes(StandardCharsets.US_ASCII);

  private static final int HEX = 64;

  @Override
  public void entry(long index, byte[] bundle, int start, int end) throws IOException, Wrong {
    int digest = start + BEGINNING.length;
    if (digest + HEX > end
        || !Arrays.equals(bundle, start, digest, BEGINNING, 0, BEGINNING.length)) {
      return;
    }
    String named = new String(bundle, digest, HEX, StandardCharsets.US_ASCII);
    if (!named.matches("[0-9a-f]{64}")) {
      return;
    }
    String file = "beside/" + named + ".json";
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      if (!Digest.hex(in).equals(named)) {
        throw new Wrong(file, "was changed: entry " + index + " names the digest of other bytes");
      }
    } catch (NoSuchFileException e) {
      throw new Wrong(file, "is missing: entry " + index + " names it");
    }
  }
}
