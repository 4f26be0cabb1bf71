package io.pgscim.audit.retention;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Own;
import io.pgscim.audit.entry.Prune;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.entry.When;
import io.pgscim.audit.index.Lookup;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Note;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * Prunes a log in two steps. {@link #record}: the archive has everything, then an entry of the log
 * says so. {@link #finish}, once that entry is signed: the archive is read again and sealed, the
 * file on disk has the new minimum, entries are deleted. A crash before the last but one of these
 * leaves every entry where it was; after it, deletion is gone on with when the log is opened.
 */
public final class Pruning {
  private static final long NONE = -1;

  /** The newest entries that may say so; an index may name a few others. */
  public static final Lookup NEWEST =
      new Lookup(Map.of("what", Prune.WHAT), null, null, true, null, 10);

  private final AuditLog log;
  private final Disk disk;
  private final Function<Path, Disk> archives;
  private final Clock clock;
  private long pending = NONE;

  /** Whether what is pending cannot be finished as it is. */
  private boolean stuck;

  /**
   * @param disk the log's folder
   * @param archives gives the disk of an archive
   */
  public Pruning(AuditLog log, Disk disk, Function<Path, Disk> archives, Clock clock) {
    this.log = log;
    this.disk = disk;
    this.archives = archives;
    this.clock = clock;
  }

  /**
   * What would be pruned.
   *
   * @param first the first entry that is kept now
   * @param minimum the first that is kept then; the same when there is nothing to prune
   */
  public record Plan(long first, long minimum) {
    public long entries() {
      return minimum - first;
    }
  }

  /** To begin with that entry, or with the nearest before it that can be the first. */
  public Plan upTo(long wanted) {
    long minimum = Math.min(wanted / Tile.FULL * Tile.FULL, log.prunable());
    return new Plan(log.first(), Math.max(log.first(), minimum));
  }

  /** Everything up to the first bundle with an entry that was logged at that instant or later. */
  public Plan before(Instant instant) throws IOException {
    long most = log.prunable();
    long at = log.first();
    while (at < most && allBefore(instant, log.read(at, Tile.FULL))) {
      at += Tile.FULL;
    }
    return upTo(at);
  }

  private static boolean allBefore(Instant instant, List<byte[]> entries) throws IOException {
    for (byte[] entry : entries) {
      if (!When.logged(entry).isBefore(instant)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Puts entries into an archive, and says so in the log. Nothing is deleted yet. What was begun
   * before and cannot be finished, because its archive is away, is begun anew by this.
   *
   * @param plan made since the last pruning; of at least one entry
   * @param who asked, as the entry has it
   * @return the index of the entry
   */
  public synchronized long record(Plan plan, Path folder, String who) throws IOException {
    if (pending != NONE && !stuck) {
      throw new IOException("the pruning that entry %d says is not finished".formatted(pending));
    }
    if (plan.first() != log.first() || plan.entries() == 0) {
      throw new IOException("nothing is to be pruned before entry " + plan.minimum());
    }
    Path place = folder.toAbsolutePath().normalize();
    Archive archive = Archive.of(disk, archives.apply(place));
    long from = archive.from(plan.first());
    Map<String, Long> next =
        archive.copy(
            plan.first(),
            plan.minimum(),
            log.pruned().map(one -> one.prune().next()).orElseGet(Map::of));
    archive.check(plan.first(), plan.minimum());
    var prune = new Prune(place.toString(), from, plan.minimum(), next);
    String origin = signed(note()).origin();
    pending = log.appendOwn(Own.pruneLog(UUID.randomUUID(), who, origin, prune, clock.instant()));
    stuck = false;
    return pending;
  }

  /**
   * Takes up what the log says and nobody finished.
   *
   * @param newest what {@link #NEWEST} finds in an index that knows all entries there were when the
   *     log was opened
   */
  public synchronized void resume(List<Long> newest) throws IOException {
    for (long entry : newest) {
      Optional<Prune> said = entry < log.first() ? Optional.empty() : said(entry);
      if (said.isPresent()) {
        pending = said.get().minimum() > log.first() ? entry : NONE;
        return;
      }
    }
  }

  /**
   * Does what the log says, once that is signed.
   *
   * @return the entry that waits for its signature; empty when nothing does
   * @throws IOException when it cannot be: the archive lacks something, or is away
   */
  public synchronized OptionalLong finish() throws IOException {
    if (pending == NONE) {
      return OptionalLong.empty();
    }
    byte[] note = note();
    long signed = signed(note).size();
    if (signed <= pending) {
      return OptionalLong.of(pending);
    }
    stuck = true;
    finish(note, signed);
    stuck = false;
    pending = NONE;
    return OptionalLong.empty();
  }

  private void finish(byte[] note, long signed) throws IOException {
    Prune prune = said(pending).orElseThrow();
    Archive archive = Archive.of(disk, archives.apply(Path.of(prune.archive())));
    archive.check(log.first(), prune.minimum());
    var pruned = new Pruned(prune, pending);
    archive.seal(pruned, note, signed);
    log.prune(pruned);
  }

  private Optional<Prune> said(long entry) throws IOException {
    return Prune.said(log.read(entry, 1).getFirst());
  }

  private byte[] note() throws IOException {
    byte[] note = disk.read("checkpoint");
    if (note == null) {
      throw new IOException("nothing of this log is signed yet");
    }
    return note;
  }

  private static Checkpoint signed(byte[] note) throws IOException {
    try {
      return Checkpoint.parse(Note.parse(new String(note, StandardCharsets.UTF_8)).text());
    } catch (NoteException e) {
      throw new IOException("the checkpoint on disk: " + e.getMessage(), e);
    }
  }
}
