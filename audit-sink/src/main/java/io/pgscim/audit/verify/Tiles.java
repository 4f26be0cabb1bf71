package io.pgscim.audit.verify;

import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.Arrays;

/** Files that must be there. */
final class Tiles {
  private Tiles() {}

  /** The hashes of a tile, as many as it must have. */
  static byte[] hashes(LogSource source, Tile tile) throws IOException, Wrong {
    byte[] bytes = present(source, tile);
    if (bytes.length != tile.width() * Hash.SIZE) {
      throw new Wrong(
          tile.path(), "has %d bytes, not %d".formatted(bytes.length, tile.width() * Hash.SIZE));
    }
    return bytes;
  }

  static byte[] present(LogSource source, Tile tile) throws IOException, Wrong {
    byte[] bytes = source.read(tile);
    if (bytes == null) {
      throw new Wrong(tile.path(), "is missing");
    }
    return bytes;
  }

  /**
   * The right edge of a tree as it was: each of its tiles is the beginning of the one that is there
   * now.
   *
   * @param then how many entries it had
   * @param now how many it has
   */
  static Edge edgeAt(LogSource source, long then, long now) throws IOException {
    return Edge.load(
        then,
        tile ->
            Arrays.copyOf(
                hashes(source, Tile.holding(tile.level(), tile.index() * Tile.FULL, now)),
                tile.width() * Hash.SIZE));
  }
}
