package io.pgscim.audit.verify;

import io.pgscim.audit.entry.NotKept;
import io.pgscim.audit.entry.Prune;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Which entries must be there: not those that were pruned, and in an archive only those. Of the
 * others there are still the hashes. A file says so, and is believed only when the log's own,
 * signed entry says the same.
 *
 * @param file which file says so; null when none does
 * @param pruned what it says; null when all entries must be there
 * @param elsewhere whether those that were pruned are looked for in archives
 */
record Kept(LogSource source, Checkpoint signed, String file, Pruned pruned, boolean elsewhere) {

  /** All entries must be there. */
  static Kept everything(LogSource source, Checkpoint signed) {
    return new Kept(source, signed, null, null, false);
  }

  /** What the files of a log or an archive say. */
  static Kept of(LogSource source, Checkpoint signed) throws IOException {
    // A web server serves logs; nothing there may say that most of one need not be.
    byte[] archive = source.folder().isPresent() ? source.read(Pruned.ARCHIVE) : null;
    if (archive != null) {
      if (source.read(Pruned.LOG) != null || source.read("state") != null) {
        throw new Wrong(Pruned.ARCHIVE, "says that a log which is written is an archive");
      }
      return new Kept(source, signed, Pruned.ARCHIVE, parse(Pruned.ARCHIVE, archive), false);
    }
    byte[] log = source.read(Pruned.LOG);
    return log == null
        ? everything(source, signed)
        : new Kept(
            source, signed, Pruned.LOG, parse(Pruned.LOG, log), !source.archives().isEmpty());
  }

  private static Pruned parse(String file, byte[] bytes) throws Wrong {
    return Pruned.read(bytes).orElseThrow(() -> new Wrong(file, "is not as it was written"));
  }

  private boolean archive() {
    return Pruned.ARCHIVE.equals(file);
  }

  /** The first entry that must be there. */
  long from() {
    return pruned == null ? 0 : archive() ? pruned.prune().from() : pruned.prune().minimum();
  }

  /** The index behind the last entry that must be there. */
  long until() {
    return archive() ? Math.min(signed.size(), pruned.prune().minimum()) : signed.size();
  }

  /** By {@code topic/partition}, how far each had come in the entries that need not be there. */
  Map<String, Long> positions() {
    return pruned == null ? Map.of() : pruned.prune().next();
  }

  /**
   * The bundle that begins with an entry; null when it need not be there.
   *
   * @throws Wrong when it must be, and is not
   */
  byte[] read(long first) throws IOException {
    boolean must = first >= from() && first < until();
    if (!must && !elsewhere) {
      return null;
    }
    Tile tile = Tile.holding(Tile.ENTRIES, first, signed.size());
    byte[] bundle = source.read(tile);
    if (bundle == null && must) {
      if (!archive() && first < of(source, signed).from()) {
        throw new IOException("the log was pruned while it was read: try again");
      }
      throw new Wrong(tile.path(), "is missing");
    }
    return bundle;
  }

  /** Compares what the file says with what the log says. */
  void mustBeSaid() throws IOException {
    if (pruned == null) {
      return;
    }
    long entry = pruned.entry();
    if (entry >= signed.size()) {
      throw new Wrong(file, "names entry %d, and %d are signed".formatted(entry, signed.size()));
    }
    var all = VerifiedLog.of(signed, everything(source, signed));
    Optional<Prune> said = Prune.said(all.bundleOf(entry).get((int) (entry % Tile.FULL)));
    if (said.isEmpty()) {
      throw new Wrong(file, "names entry %d, which speaks of no pruning".formatted(entry));
    }
    if (said.get().minimum() != pruned.prune().minimum()) {
      throw new Wrong(
          file,
          "says that entries before %d were pruned, the log says %d in entry %d"
              .formatted(pruned.prune().minimum(), said.get().minimum(), entry));
    }
    if (!said.get().equals(pruned.prune())) {
      throw new Wrong(file, "says something else than entry %d of the log".formatted(entry));
    }
  }

  /** Why an entry is not here, once the log itself was asked. */
  NotKept refusal(long index) throws IOException {
    mustBeSaid();
    return archive()
        ? new NotKept(
            "entry %d is not in this archive, which holds entries %d to %d"
                .formatted(index, from(), until() - 1))
        : pruned.refusal(index);
  }

  /** Which entries were read, when they are not all. */
  Optional<Verdict.Part> part(long lacking) {
    if (pruned == null || (elsewhere && lacking == 0)) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict.Part(
            elsewhere ? lacking : from(), until(), archive(), pruned.prune().archive()));
  }
}
