package io.pgscim.audit.tlog;

import java.util.ArrayList;
import java.util.List;

/** That an entry is in a tree, and that a tree grew out of another (RFC 6962 section 2.1). */
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

  /**
   * The hashes that lead from the tree's first entries to all of it (RFC 6962 section 2.1.2).
   *
   * @param old how many entries the older tree has; none need no proof
   * @param source gives the tiles of the tree of the newer size
   */
  public static <E extends Exception> List<Hash> consistency(
      long old, long size, Edge.Source<E> source) throws E {
    if (old < 0 || old > size) {
      throw new IllegalArgumentException("a tree of " + size + " did not grow out of " + old);
    }
    var path = new ArrayList<Hash>();
    if (old > 0) {
      consistency(old, 0, size, size, source, path);
    }
    return path;
  }

  private static <E extends Exception> void consistency(
      long old, long from, long to, long size, Edge.Source<E> source, List<Hash> path) throws E {
    if (old == to) {
      if (from > 0) {
        path.add(root(from, to, size, source));
      }
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (old <= middle) {
      consistency(old, from, middle, size, source, path);
      path.add(root(middle, to, size, source));
    } else {
      consistency(old, middle, to, size, source, path);
      path.add(root(from, middle, size, source));
    }
  }

  /**
   * Whether the path leads from the older root to the newer one (RFC 9162 section 2.1.4.2): what
   * the older tree has, the newer one has too.
   */
  public static boolean consistent(long old, Hash oldRoot, long size, Hash root, List<Hash> path) {
    if (old < 0 || old > size) {
      return false;
    }
    if (old == 0 || old == size) {
      return path.isEmpty() && (old == 0 ? oldRoot.equals(Hash.EMPTY) : oldRoot.equals(root));
    }
    var steps = new ArrayList<Hash>(path);
    if (Long.bitCount(old) == 1) {
      steps.addFirst(oldRoot);
    }
    if (steps.isEmpty()) {
      return false;
    }
    int odd = Long.numberOfTrailingZeros(~(old - 1));
    long left = (old - 1) >> odd;
    long last = (size - 1) >> odd;
    Hash older = steps.getFirst();
    Hash newer = older;
    for (Hash step : steps.subList(1, steps.size())) {
      if (last == 0) {
        return false;
      }
      if ((left & 1) == 1 || left == last) {
        older = Hash.node(step, older);
        newer = Hash.node(step, newer);
        while ((left & 1) == 0 && left != 0) {
          left >>= 1;
          last >>= 1;
        }
      } else {
        newer = Hash.node(newer, step);
      }
      left >>= 1;
      last >>= 1;
    }
    return last == 0 && older.equals(oldRoot) && newer.equals(root);
  }

  /** A proof file (C2SP tlog-proof) that needs nothing else but the key. */
  public static String file(long index, List<Hash> path, String checkpoint) {
    var file = new StringBuilder("c2sp.org/tlog-proof@v1\nindex " + index + "\n");
    path.forEach(hash -> file.append(hash.base64()).append('\n'));
    return file.append('\n').append(checkpoint).toString();
  }
}
