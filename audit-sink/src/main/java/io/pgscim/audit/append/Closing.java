package io.pgscim.audit.append;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The line behind the entries of each write: what of a segment has one is whole, and stands as it
 * was written.
 */
final class Closing {
  private static final Pattern FORM =
      Pattern.compile("\\{\"crc32c\":\"[0-9a-f]{8}\",\"next\":[0-9]{1,18}}");
  static final int LONGEST = 60;

  private Closing() {}

  /**
   * @param segment of everything in the segment before this line
   * @param next the index of the entry behind it
   */
  static byte[] of(Checksum segment, long next) {
    return ("{\"crc32c\":\"" + segment.text() + "\",\"next\":" + next + "}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** No entry looks like one: an entry has no such field. */
  static boolean looksLike(byte[] line) {
    return line.length <= LONGEST
        && FORM.matcher(new String(line, StandardCharsets.ISO_8859_1)).matches();
  }
}
