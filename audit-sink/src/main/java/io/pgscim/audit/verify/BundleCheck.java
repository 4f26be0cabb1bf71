package io.pgscim.audit.verify;

import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Hasher;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Compares one bundle of entries with the tile over it. Any number of them run side by side. */
final class BundleCheck {
  /** Bytes of an entry's length, which stand before it. */
  private static final int LENGTH = 2;

  private final LogSource source;
  private final Checkpoint signed;
  private final Kept kept;
  private final List<Companion> companions;

  BundleCheck(Kept kept, List<Companion> companions) {
    this.source = kept.source();
    this.signed = kept.signed();
    this.kept = kept;
    this.companions = companions;
  }

  /**
   * A bundle whose entries are those of its tile.
   *
   * @param first index of its first entry
   * @param bundle null when it is not kept here: then the tile alone says what it was
   * @param leaves their hashes, 32 bytes each
   * @param root over them when the bundle is full; otherwise null
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Checked(long first, byte[] bundle, byte[] leaves, Hash root) {
    int width() {
      return leaves.length / Hash.SIZE;
    }
  }

  /** Checks the bundle that begins with an entry. */
  Checked check(long first) throws IOException, Wrong {
    Tile tile = Tile.holding(Tile.ENTRIES, first, signed.size());
    byte[] bundle = kept.read(first);
    if (bundle == null) {
      byte[] hashes = Tiles.hashes(source, Tile.holding(0, first, signed.size()));
      return new Checked(first, null, hashes, tile.full() ? new Hasher().root(hashes) : null);
    }
    byte[] leaves = new byte[tile.width() * Hash.SIZE];
    var hasher = new Hasher();
    int[] starts = new int[tile.width() + 1];
    int[] whole = {0};
    int entries = -1;
    String malformed = null;
    try {
      entries =
          hasher.leaves(
              bundle,
              leaves,
              (number, start, end) -> {
                whole[0] = number + 1;
                starts[number] = start;
                starts[number + 1] = end + LENGTH;
              });
    } catch (IllegalArgumentException e) {
      malformed = e.getMessage();
    }
    compare(first, leaves, whole[0]);
    if (malformed != null) {
      throw new Wrong(tile.path(), "ends inside entry " + (first + whole[0]));
    }
    if (entries != tile.width()) {
      throw new Wrong(tile.path(), "holds " + entries + " entries, not " + tile.width());
    }
    for (Companion companion : companions) {
      for (int i = 0; i < entries; i++) {
        companion.entry(first + i, bundle, starts[i], starts[i + 1] - LENGTH);
      }
    }
    return new Checked(first, bundle, leaves, tile.full() ? hasher.root(leaves) : null);
  }

  private void compare(long first, byte[] leaves, int count) throws IOException, Wrong {
    byte[] tile = Tiles.hashes(source, Tile.holding(0, first, signed.size()));
    int at = Arrays.mismatch(tile, 0, count * Hash.SIZE, leaves, 0, count * Hash.SIZE);
    if (at >= 0) {
      int number = at / Hash.SIZE;
      throw new Blame(source, signed)
          .entry(
              first + number,
              Hash.of(leaves, number * Hash.SIZE),
              Hash.of(tile, number * Hash.SIZE));
    }
  }
}
