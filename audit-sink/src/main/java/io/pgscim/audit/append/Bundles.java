package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.List;

/** Entries as they stand in the tree's full bundles. */
final class Bundles {
  private final Disk disk;

  Bundles(Disk disk) {
    this.disk = disk;
  }

  /**
   * Adds the entries of a range.
   *
   * @throws IOException when a bundle is missing or damaged, with its name
   */
  void read(long from, long upTo, List<byte[]> entries) throws IOException {
    for (long at = from; at < upTo; ) {
      long first = at / Tile.FULL * Tile.FULL;
      List<byte[]> bundle = bundle(at / Tile.FULL);
      long end = Math.min(upTo, first + Tile.FULL);
      entries.addAll(bundle.subList((int) (at - first), (int) (end - first)));
      at = end;
    }
  }

  private List<byte[]> bundle(long index) throws IOException {
    String path = new Tile(Tile.ENTRIES, index, Tile.FULL).path();
    byte[] bytes = disk.read(path);
    if (bytes == null) {
      throw new IOException(path + " is missing");
    }
    try {
      List<byte[]> entries = Bundle.entries(bytes);
      if (entries.size() != Tile.FULL) {
        throw new IOException(path + " holds " + entries.size() + " entries");
      }
      return entries;
    } catch (IllegalArgumentException e) {
      throw new IOException(path + " " + e.getMessage(), e);
    }
  }
}
