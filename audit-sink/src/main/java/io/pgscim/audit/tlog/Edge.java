package io.pgscim.audit.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing tree: for each level the hashes of its incomplete tile. That is all
 * that the root depends on, and all that growing needs.
 */
public final class Edge {
  private final List<List<Hash>> levels = new ArrayList<>();
  private long size;

  /** Told of each tile that became full, lower levels first. */
  public interface Filled {
    void tile(Tile tile, byte[] hashes);
  }

  /** Gives the bytes of a tile that is there. */
  public interface Source<E extends Exception> {
    byte[] read(Tile tile) throws E;
  }

  /** The edge of a tree that is on disk. */
  public static <E extends Exception> Edge load(long size, Source<E> source) throws E {
    var edge = new Edge();
    edge.size = size;
    for (Tile tile : Tile.edge(size)) {
      edge.level(tile.level()).addAll(hashes(source.read(tile)));
    }
    return edge;
  }

  /** Adds an entry's leaf. */
  public void add(Hash leaf, Filled filled) {
    size++;
    add(0, leaf, filled);
  }

  /**
   * Adds a full bundle's entries at once.
   *
   * @param root over their 256 leaves, which the caller has compared already
   */
  public void addBundle(Hash root, Filled filled) {
    if (size % Tile.FULL != 0) {
      throw new IllegalStateException("a bundle begins at " + size);
    }
    size += Tile.FULL;
    add(1, root, filled);
  }

  private void add(int level, Hash hash, Filled filled) {
    List<Hash> hashes = level(level);
    hashes.add(hash);
    if (hashes.size() == Tile.FULL) {
      filled.tile(new Tile(level, (size >> (8 * (level + 1))) - 1, Tile.FULL), bytes(hashes));
      Hash root = Hash.perfect(hashes);
      hashes.clear();
      add(level + 1, root, filled);
    }
  }

  private List<Hash> level(int level) {
    while (levels.size() <= level) {
      levels.add(new ArrayList<>(Tile.FULL));
    }
    return levels.get(level);
  }

  public long size() {
    return size;
  }

  /** Another edge that is the same now. */
  public Edge copy() {
    var copy = new Edge();
    copy.size = size;
    levels.forEach(level -> copy.levels.add(new ArrayList<>(level)));
    return copy;
  }

  /** The hashes of an incomplete tile of {@link Tile#edge}. */
  public byte[] bytes(Tile tile) {
    return bytes(level(tile.level()));
  }

  /** The root of the whole tree: folds the perfect subtrees that the edge consists of. */
  public Hash root() {
    var subtrees = new ArrayList<Hash>();
    for (int level = levels.size() - 1; level >= 0; level--) {
      List<Hash> hashes = levels.get(level);
      int done = 0;
      for (int width = Tile.FULL / 2; width > 0; width /= 2) {
        if ((hashes.size() & width) != 0) {
          subtrees.add(Hash.perfect(hashes.subList(done, done + width)));
          done += width;
        }
      }
    }
    return Hash.fold(subtrees);
  }

  static List<Hash> hashes(byte[] bytes) {
    var hashes = new ArrayList<Hash>(bytes.length / Hash.SIZE);
    for (int at = 0; at < bytes.length; at += Hash.SIZE) {
      hashes.add(Hash.of(bytes, at));
    }
    return hashes;
  }

  private static byte[] bytes(List<Hash> hashes) {
    var out = new ByteArrayOutputStream(hashes.size() * Hash.SIZE);
    hashes.forEach(hash -> out.writeBytes(hash.bytes()));
    return out.toByteArray();
  }
}
