package io.pgscim.audit.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Details too large for an entry: a file beside the log, under the digest that the entry names. */
public final class Beside {
  /**
   * Canonical JSON sorts its fields, so an entry with details beside it begins so, and no other
   * does.
   */
  private static final byte[] BEGINNING =
      "{\"details\":{\"beside\":\"".getBytes(StandardCharsets.US_ASCII);

  private static final int HEX = 64;

  private Beside() {}

  /** The file of some details. */
  public static String file(byte[] details) {
    return file(Digest.hex(details));
  }

  /** The file of the details with a digest. */
  public static String file(String digest) {
    return "beside/" + digest + ".json";
  }

  /** The digest, lower-case hex, that an entry names; empty when its details stand in it. */
  public static Optional<String> named(byte[] bytes, int start, int end) {
    int digest = start + BEGINNING.length;
    if (digest + HEX > end
        || !Arrays.equals(bytes, start, digest, BEGINNING, 0, BEGINNING.length)) {
      return Optional.empty();
    }
    String named = new String(bytes, digest, HEX, StandardCharsets.US_ASCII);
    return named.matches("[0-9a-f]{64}") ? Optional.of(named) : Optional.empty();
  }

  /** The same of an entry alone. */
  public static Optional<String> named(byte[] entry) {
    return named(entry, 0, entry.length);
  }
}
