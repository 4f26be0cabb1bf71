package io.pgscim.audit.source;

import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Gives the files of a log, {@code checkpoint} and {@code tile/…}. Safe for several threads. */
public interface LogSource {
  /** The largest file of a log: a bundle of 256 entries of the greatest length. */
  int LARGEST = Tile.FULL * (2 + 0xFFFF);

  /**
   * The source at a place: {@code http://…} or {@code https://…}, otherwise a folder.
   *
   * @param token for a server that asks for one
   */
  static LogSource of(String place, Optional<String> token) {
    return place.matches("https?://.*") ? new Website(place, token) : new Folder(place);
  }

  /**
   * A file of the log; null when there is none.
   *
   * @throws IOException when it cannot be read, or is larger than any file of a log
   */
  byte[] read(String name) throws IOException;

  /** How many files are best asked for at once. */
  int atOnce();

  /** The folder, with whatever lies beside the tree in it; empty when only the tree is shown. */
  default Optional<Folder> folder() {
    return Optional.empty();
  }

  /** Where entries that were pruned are looked for. */
  default List<Folder> archives() {
    return List.of();
  }

  /**
   * A tile or bundle; null when there is none. A log that grows removes the narrow form of a tile
   * once it is full: then the full one's beginning is given.
   */
  default byte[] read(Tile tile) throws IOException {
    byte[] bytes = read(tile.path());
    if (bytes != null || tile.full()) {
      return bytes;
    }
    byte[] whole = read(tile.whole().path());
    if (whole == null) {
      return null;
    }
    return tile.level() == Tile.ENTRIES
        ? Bundle.first(whole, tile.width())
        : Arrays.copyOf(whole, Math.min(whole.length, tile.width() * Hash.SIZE));
  }
}
