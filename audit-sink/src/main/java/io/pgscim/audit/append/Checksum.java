package io.pgscim.audit.append;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** CRC-32C: finds damage, not intent. What is signed is guarded by the tree. */
final class Checksum {
  private final CRC32C crc = new CRC32C();

  static String of(byte[] bytes) {
    var checksum = new Checksum();
    checksum.add(bytes);
    return checksum.text();
  }

  void add(byte[] bytes) {
    crc.update(bytes);
  }

  void newline() {
    crc.update('\n');
  }

  /** What is between position and limit, which stay where they are. */
  void add(ByteBuffer bytes) {
    crc.update(bytes.duplicate());
  }

  /** Of everything added so far, eight hex digits. */
  String text() {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
