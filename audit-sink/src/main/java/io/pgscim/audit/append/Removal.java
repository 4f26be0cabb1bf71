package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Beside;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what was pruned: bundles below the log's minimum, and details beside the log that no
 * other entry names. The bundle just below the minimum goes last, so while it is there this is not
 * done; done again after a crash it ends the same.
 */
final class Removal {
  private static final String ENTRIES = "tile/entries";
  private static final int STEP = 16 * Tile.FULL;

  private final Disk disk;
  private final FileLog log;
  private final long minimum;

  Removal(Disk disk, FileLog log) {
    this.disk = disk;
    this.log = log;
    this.minimum = log.first();
  }

  /** Whether something is left of what was pruned. */
  boolean isDue() throws IOException {
    return minimum > 0 && disk.read(Bundles.path(minimum - 1)) != null;
  }

  void run() throws IOException {
    Set<String> unnamed = new HashSet<>();
    below(
        ENTRIES, bundle -> Bundle.entries(disk.read(bundle)).forEach(entry -> add(unnamed, entry)));
    if (!unnamed.isEmpty()) {
      long looked = keep(unnamed, minimum);
      // An entry that is appended meanwhile may name one of them.
      synchronized (log) {
        keep(unnamed, looked);
        for (String digest : unnamed) {
          disk.delete(Beside.file(digest));
        }
      }
    }
    below(ENTRIES, disk::delete);
  }

  private static void add(Set<String> digests, byte[] entry) {
    Beside.named(entry).ifPresent(digests::add);
  }

  /** Takes out what entries from an index on name; gives where it stopped. */
  private long keep(Set<String> digests, long from) throws IOException {
    long at = from;
    for (List<byte[]> some = log.read(at, STEP); !some.isEmpty(); some = log.read(at, STEP)) {
      some.forEach(entry -> Beside.named(entry).ifPresent(digests::remove));
      at += some.size();
    }
    return at;
  }

  private interface Found {
    void bundle(String path) throws IOException;
  }

  /** Finds the full bundles below the minimum, the first first. */
  private void below(String folder, Found found) throws IOException {
    for (String name : disk.list(folder)) {
      String path = folder + "/" + name;
      Optional<Tile> tile = Tile.parse(path);
      if (tile.isPresent() && (tile.get().index() + 1) * Tile.FULL <= minimum) {
        found.bundle(path);
      } else if (name.matches("x[0-9]{3}")) {
        below(path, found);
      }
    }
  }
}
