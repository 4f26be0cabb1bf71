package io.pgscim.audit.verify;

import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Proof;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.List;

/**
 * Of two hashes that should be the same, says which is the wrong one: the other leads to the root
 * that was signed.
 */
record Blame(LogSource source, Checkpoint signed) {

  /** A leaf that the entry gives, and another that the tile holds. */
  Wrong entry(long index, Hash ofEntry, Hash inTile) throws IOException {
    Tile tile = Tile.holding(0, index, signed.size());
    if (isSigned(0, index, inTile)) {
      return new Wrong(
          Tile.holding(Tile.ENTRIES, index, signed.size()).path(),
          "entry " + index + " is not the one that was signed");
    }
    return isSigned(0, index, ofEntry)
        ? new Wrong(
            tile.path(),
            "hash %d was changed: entry %d is the one that was signed"
                .formatted(index % Tile.FULL, index))
        : neither(tile, "entry " + index);
  }

  /** A hash that the tile below gives, and another that the tile of this level holds. */
  Wrong hash(int level, long index, Hash derived, Hash inTile) throws IOException {
    Tile tile = Tile.holding(level, index, signed.size());
    Tile below = new Tile(level - 1, index, Tile.FULL);
    if (isSigned(level, index, inTile)) {
      return new Wrong(
          below.path(),
          "is not the one that was signed, and what lies below it was changed with it, down to"
              + " entries %d to %d"
                  .formatted(index << (8 * level), ((index + 1) << (8 * level)) - 1));
    }
    return isSigned(level, index, derived)
        ? new Wrong(
            tile.path(),
            "hash %d was changed: %s is the one that was signed"
                .formatted(index % Tile.FULL, below.path()))
        : neither(tile, below.path());
  }

  private static Wrong neither(Tile tile, String other) {
    return new Wrong(
        tile.path(),
        "does not fit " + other + ", and neither leads to the signed root: more was changed");
  }

  /**
   * Whether a hash leads to the signed root. Above its own level, the path of the hash is that of
   * the first entry below it.
   */
  private boolean isSigned(int level, long index, Hash hash) throws IOException {
    try {
      List<Hash> path = Proof.inclusion(index << (8 * level), signed.size(), this::tile);
      return Proof.includes(
          index,
          ((signed.size() - 1) >> (8 * level)) + 1,
          hash,
          path.subList(8 * level, path.size()),
          signed.root());
    } catch (Wrong missing) {
      return false;
    }
  }

  private byte[] tile(Tile tile) throws IOException, Wrong {
    return Tiles.hashes(source, tile);
  }
}
