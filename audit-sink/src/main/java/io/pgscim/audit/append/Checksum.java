package io.pgscim.audit.append;

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

  /** Of everything added so far, eight hex digits. */
  String text() {
    return String.format("%08x", crc.getValue());
  }
}
