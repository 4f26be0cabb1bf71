package io.pgscim.audit.tlog;

import java.util.ArrayList;
import java.util.List;

/** That an entry is in a tree (RFC 6962 section 2.1.1). */
public final class Proof {
  private Proof() {}

  /**
   * The hashes from the leaf up to the root.
   *
   * @param source gives the tiles of the tree of that size
   */
  public static <E extends Exception> List<Hash> inclusion(
      long index, long size, Edge.Source<E> source) throws E {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
    }
    var path = new ArrayList<Hash>();
    inclusion(index, 0, size, size, source, path);
    return path;
  }

  private static <E extends Exception> void inclusion(
      long index, long from, long to, long size, Edge.Source<E> source, List<Hash> path) throws E {
    if (to - from == 1) {
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (index < middle) {
      inclusion(index, from, middle, size, source, path);
      path.add(root(middle, to, size, source));
    } else {
      inclusion(index, middle, to, size, source, path);
      path.add(root(from, middle, size, source));
    }
  }

  private static <E extends Exception> Hash root(
      long from, long to, long size, Edge.Source<E> source) throws E {
    long count = to - from;
    if (Long.bitCount(count) != 1) {
      long middle = from + Long.highestOneBit(count);
      return Hash.node(root(from, middle, size, source), root(middle, to, size, source));
    }
    int height = Long.numberOfTrailingZeros(count);
    int level = height / 8;
    int width = 1 << (height % 8);
    long first = from >> (8 * level);
    List<Hash> hashes = Edge.hashes(source.read(Tile.holding(level, first, size)));
    int at = (int) (first % Tile.FULL);
    return Hash.perfect(hashes.subList(at, at + width));
  }

  /** Whether the path leads from the leaf to the root (RFC 9162 section 2.1.3.2). */
  public static boolean includes(long index, long size, Hash leaf, List<Hash> path, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long left = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash step : path) {
      if (last == 0) {
        return false;
      }
      if ((left & 1) == 1 || left == last) {
        hash = Hash.node(step, hash);
        while ((left & 1) == 0 && left != 0) {
          left >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hash.node(hash, step);
      }
      left >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** A proof file (C2SP tlog-proof) that needs nothing else but the key. */
  public static String file(long index, List<Hash> path, String checkpoint) {
    var file = new StringBuilder("c2sp.org/tlog-proof@v1\nindex " + index + "\n");
    path.forEach(hash -> file.append(hash.base64()).append('\n'));
    return file.append('\n').append(checkpoint).toString();
  }
}
