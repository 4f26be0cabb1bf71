package io.pgscim.audit.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries in a file: each as two bytes of length, big-endian, and its bytes. */
public final class Bundle {
  private Bundle() {}

  /** Appends an entry of at most 65,535 bytes. */
  public static void append(ByteArrayOutputStream bundle, byte[] entry) {
    if (entry.length > 0xFFFF) {
      throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
    }
    bundle.write(entry.length >> 8);
    bundle.write(entry.length);
    bundle.writeBytes(entry);
  }

  /** The beginning of a bundle, up to as many entries; all of it when it has no more. */
  public static byte[] first(byte[] bundle, int entries) {
    int at = 0;
    for (int i = 0; i < entries && at + 2 <= bundle.length; i++) {
      at += 2 + ((bundle[at] & 0xFF) << 8 | bundle[at + 1] & 0xFF);
    }
    return at >= bundle.length ? bundle : Arrays.copyOf(bundle, at);
  }

  /**
   * The entries of a bundle.
   *
   * @throws IllegalArgumentException when it ends inside one
   */
  public static List<byte[]> entries(byte[] bundle) {
    var entries = new ArrayList<byte[]>(Tile.FULL);
    int at = 0;
    while (at < bundle.length) {
      if (at + 2 > bundle.length) {
        throw new IllegalArgumentException("ends inside the length of entry " + entries.size());
      }
      int end = at + 2 + ((bundle[at] & 0xFF) << 8 | bundle[at + 1] & 0xFF);
      if (end > bundle.length) {
        throw new IllegalArgumentException("ends inside entry " + entries.size());
      }
      entries.add(Arrays.copyOfRange(bundle, at + 2, end));
      at = end;
    }
    return entries;
  }
}
