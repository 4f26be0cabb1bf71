package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Entries as they stand in the tree's full bundles, from the first that was not pruned. */
final class Bundles {
  private final Disk disk;
  private volatile Optional<Pruned> pruned;

  private Bundles(Disk disk, Optional<Pruned> pruned) {
    this.disk = disk;
    this.pruned = pruned;
  }

  /**
   * The bundles of a folder.
   *
   * @throws IOException when the file that says what was pruned is none
   */
  static Bundles open(Disk disk) throws IOException {
    byte[] bytes = disk.read(Pruned.LOG);
    Optional<Pruned> pruned = bytes == null ? Optional.empty() : Pruned.read(bytes);
    if (bytes != null && pruned.isEmpty()) {
      throw new IOException(
          Pruned.LOG + " is not as it was written: restore it from a copy of the folder");
    }
    return new Bundles(disk, pruned);
  }

  Optional<Pruned> pruned() {
    return pruned;
  }

  /** The index of the first entry that is kept. */
  long first() {
    return pruned.map(one -> one.prune().minimum()).orElse(0L);
  }

  /** From here on entries below the minimum are not there any more, whatever is left of them. */
  void prune(Pruned now) throws IOException {
    disk.write(Pruned.LOG, now.bytes());
    pruned = Optional.of(now);
  }

  /**
   * Adds the entries of a range.
   *
   * @throws io.pgscim.audit.entry.NotKept when it begins with one that was pruned
   * @throws IOException when a bundle is missing or damaged, with its name
   */
  void read(long from, long upTo, List<byte[]> entries) throws IOException {
    for (long at = from; at < upTo; ) {
      long first = at / Tile.FULL * Tile.FULL;
      List<byte[]> bundle = bundle(at);
      long end = Math.min(upTo, first + Tile.FULL);
      entries.addAll(bundle.subList((int) (at - first), (int) (end - first)));
      at = end;
    }
  }

  private List<byte[]> bundle(long at) throws IOException {
    String path = path(at);
    byte[] bytes = at < first() ? null : disk.read(path);
    if (bytes == null) {
      // Also when it was pruned between the two.
      throw at < first() ? pruned.orElseThrow().refusal(at) : new IOException(path + " is missing");
    }
    return entries(path, bytes);
  }

  /** A pruned entry, from the archive; empty when that is not there or not the log's own. */
  Optional<byte[]> archived(long index) throws IOException {
    if (pruned.isEmpty()) {
      return Optional.empty();
    }
    String path = path(index);
    byte[] bytes = new Disk(Path.of(pruned.get().prune().archive())).read(path);
    byte[] hashes = disk.read(new Tile(0, index / Tile.FULL, Tile.FULL).path());
    if (bytes == null || hashes == null || hashes.length != Tile.FULL * Hash.SIZE) {
      return Optional.empty();
    }
    int number = (int) (index % Tile.FULL);
    byte[] entry = entries(path, bytes).get(number);
    return Hash.leaf(entry).equals(Hash.of(hashes, number * Hash.SIZE))
        ? Optional.of(entry)
        : Optional.empty();
  }

  static String path(long index) {
    return new Tile(Tile.ENTRIES, index / Tile.FULL, Tile.FULL).path();
  }

  private static List<byte[]> entries(String path, byte[] bytes) throws IOException {
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
