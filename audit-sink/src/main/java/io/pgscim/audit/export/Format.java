package io.pgscim.audit.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A form in which others read entries. */
public sealed interface Format permits JsonLines, Csv, Ocsf {

  /** What stands before the first entry. */
  default byte[] head() {
    return new byte[0];
  }

  /**
   * One entry, with what ends it.
   *
   * @param entry its bytes
   * @throws IOException when the bytes are no JSON
   */
  byte[] entry(long index, byte[] entry) throws IOException;

  /** Text as bytes. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
