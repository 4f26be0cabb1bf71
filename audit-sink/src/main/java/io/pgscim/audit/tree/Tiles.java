package io.pgscim.audit.tree;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bundles and tiles of a growing tree, on disk. What is beyond the published checkpoint is
 * unfinished work, and is written again, with the same bytes, after a crash.
 *
 * <p>A tile that has a checkpoint is never changed, only replaced by the wider one; the narrower
 * stays until {@link #published}.
 */
final class Tiles {
  private final Disk disk;
  private final AuditLog log;
  private final String origin;
  private final Edge edge;
  private final ByteArrayOutputStream bundle = new ByteArrayOutputStream();
  private final List<String> outgrown = new ArrayList<>();
  private List<Tile> edgeOnDisk = List.of();

  private Tiles(Disk disk, AuditLog log, String origin, Edge edge) {
    this.disk = disk;
    this.log = log;
    this.origin = origin;
    this.edge = edge;
  }

  /** The tiles of a checkpoint, from which the tree goes on. */
  static Tiles open(Disk disk, AuditLog log, Checkpoint signed) throws IOException {
    if (signed.size() > log.size()) {
      throw new IOException(
          "the checkpoint speaks of " + signed.size() + " entries, the log has " + log.size());
    }
    Edge edge = Edge.load(signed.size(), tile -> read(disk, tile));
    if (!edge.root().equals(signed.root())) {
      throw new IOException("the tiles do not give the root that the checkpoint signs");
    }
    var tiles = new Tiles(disk, log, signed.origin(), edge);
    tiles.bundle.writeBytes(lastBundle(disk, log, signed.size()));
    return tiles;
  }

  /** The unfinished bundle, which must hold what the log holds. */
  private static byte[] lastBundle(Disk disk, AuditLog log, long size) throws IOException {
    int width = (int) (size % Tile.FULL);
    if (width == 0) {
      return new byte[0];
    }
    byte[] onDisk = read(disk, new Tile(Tile.ENTRIES, size / Tile.FULL, width));
    var expected = new ByteArrayOutputStream();
    log.read(size - width, width).forEach(entry -> Bundle.append(expected, entry));
    if (!Arrays.equals(onDisk, expected.toByteArray())) {
      throw new IOException("the last entries of the tree are not those of the log");
    }
    return onDisk;
  }

  /** A tile's bytes; of a narrower one the full one's beginning will do. */
  static byte[] read(Disk disk, Tile tile) throws IOException {
    byte[] bytes = disk.read(tile.path());
    if (bytes == null && !tile.full() && tile.level() != Tile.ENTRIES) {
      bytes = disk.read(tile.whole().path());
      bytes = bytes == null ? null : Arrays.copyOf(bytes, tile.width() * Hash.SIZE);
    }
    if (bytes == null) {
      throw new IOException(tile.path() + " is missing");
    }
    if (tile.level() != Tile.ENTRIES && bytes.length != tile.width() * Hash.SIZE) {
      throw new IOException(tile.path() + " has " + bytes.length + " bytes");
    }
    return bytes;
  }

  /**
   * Takes entries of the log into the tiles, at most so many.
   *
   * @return whether there were any
   */
  boolean grow(int limit) throws IOException {
    List<byte[]> entries = log.read(edge.size(), limit);
    if (entries.isEmpty()) {
      return false;
    }
    Map<Tile, byte[]> grown = new LinkedHashMap<>();
    for (byte[] entry : entries) {
      Bundle.append(bundle, entry);
      edge.add(Hash.leaf(entry), grown::put);
      if (edge.size() % Tile.FULL == 0) {
        long index = edge.size() / Tile.FULL - 1;
        grown.put(new Tile(Tile.ENTRIES, index, Tile.FULL), bundle.toByteArray());
        bundle.reset();
      }
    }
    addEdge(grown);
    write(grown);
    return true;
  }

  private void addEdge(Map<Tile, byte[]> grown) {
    int width = (int) (edge.size() % Tile.FULL);
    if (width > 0) {
      grown.put(new Tile(Tile.ENTRIES, edge.size() / Tile.FULL, width), bundle.toByteArray());
    }
    List<Tile> now = Tile.edge(edge.size());
    for (Tile tile : now) {
      if (!edgeOnDisk.contains(tile)) {
        grown.put(tile, edge.bytes(tile));
      }
    }
    edgeOnDisk = now;
  }

  private void write(Map<Tile, byte[]> grown) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    grown.forEach((tile, bytes) -> files.put(tile.path(), bytes));
    disk.write(files);
    grown.keySet().stream().filter(Tile::full).forEach(tile -> outgrown.add(tile.path() + ".p"));
  }

  /** All of it is covered by a checkpoint on disk now: narrower forms of full tiles may go. */
  void published() throws IOException {
    for (String folder : outgrown) {
      disk.removeFolder(folder);
    }
    outgrown.clear();
  }

  /** What is to be signed. */
  Checkpoint head() {
    return new Checkpoint(origin, edge.size(), edge.root());
  }

  long size() {
    return edge.size();
  }
}
