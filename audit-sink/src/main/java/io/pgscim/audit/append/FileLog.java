package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.disk.WriterLock;
import io.pgscim.audit.entry.Beside;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The log in a folder: the newest entries in the {@link Journal}, all before it in the tree's
 * {@link Bundles}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An entry is in the log exactly when its write stands whole in the journal, or it is in a
 *       full bundle: its position in Kafka stands in it, so one write moves both.
 *   <li>A segment is deleted only after all its entries are in full bundles that the checkpoint on
 *       disk covers and in the index, and {@link State} on disk speaks of the segment behind it.
 *   <li>Entries below the minimum are deleted only after the file on disk has that minimum.
 *   <li>Nothing in memory grows with the log: ids of what is not indexed, up to a limit at which
 *       appending waits for the index.
 * </ul>
 */
public final class FileLog implements AuditLog {
  private static final Logger LOG = Logger.getLogger(FileLog.class);
  private static final int LONGEST_WAIT_MILLIS = 5000;

  private final Disk disk;
  private final WriterLock writer;
  private final EventIndex index;
  private final Journal journal;
  private final Bundles bundles;
  private final Recent recent;
  private volatile String trouble;
  private volatile String notRetired;

  private FileLog(Disk disk, WriterLock writer, EventIndex index, Opening.Opened opened) {
    this.disk = disk;
    this.writer = writer;
    this.index = index;
    this.journal = opened.journal();
    this.bundles = opened.bundles();
    this.recent = opened.recent();
  }

  /**
   * Opens the log of a folder, or begins one there. What a crash left half-written at its end is
   * cut off.
   *
   * @throws IOException with one sentence for the operator: the folder cannot be written, another
   *     process writes it, or what is in it is damaged or does not fit together
   */
  public static FileLog open(Disk disk, EventIndex index) throws IOException {
    return open(disk, index, Limits.USUAL);
  }

  static FileLog open(Disk disk, EventIndex index, Limits limits) throws IOException {
    WriterLock writer = WriterLock.take(disk.path(""));
    try {
      var log = new FileLog(disk, writer, index, new Opening(disk, limits).open());
      LOG.infof(
          "log opened folder=%s entries=%d journal=%d",
          disk.path(""), log.size(), log.journal.begins());
      log.removeAgain();
      return log;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * What bounds disk and memory.
   *
   * @param segmentBytes a segment of the journal this long is followed by another
   * @param generation half of how many entries may be ahead of the index
   */
  record Limits(int segmentBytes, int generation) {
    static final Limits USUAL = new Limits(16 << 20, 1 << 19);
  }

  @Override
  public synchronized long append(List<Line> entries) throws IOException {
    if (trouble != null) {
      throw new IOException("recover first: " + trouble);
    }
    long first = journal.size();
    try {
      waitForIndex(entries.size());
      for (Line entry : entries) {
        if (entry.beside() != null) {
          // Before the entry that names it: never missing. Under its digest: never changed.
          disk.write(Beside.file(entry.beside()), entry.beside());
        }
      }
      journal.append(entries);
    } catch (IOException e) {
      trouble = String.valueOf(e.getMessage());
      throw e;
    }
    // A crash before this leaves the write whole or torn; torn, it is cut off, and its records are
    // read again.
    entries.forEach(entry -> recent.add(entry.event()));
    return first;
  }

  private void waitForIndex(int count) throws IOException {
    long patience = System.nanoTime() + LONGEST_WAIT_MILLIS * 1_000_000L;
    while (!recent.hasRoom(count, index.size())) {
      if (System.nanoTime() > patience) {
        throw new IOException(
            "the index is " + (size() - index.size()) + " entries behind, and no more fit memory");
      }
      try {
        wait(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the service stops");
      }
    }
  }

  @Override
  public synchronized void recover() throws IOException {
    if (trouble != null) {
      journal.recover();
      trouble = null;
    }
  }

  @Override
  public synchronized Set<UUID> holds(Collection<UUID> events) throws IOException {
    String building = building();
    if (building != null) {
      throw new IOException(building);
    }
    Set<UUID> held = new HashSet<>();
    List<UUID> others = new ArrayList<>(events.size());
    for (UUID event : events) {
      if (recent.contains(event)) {
        held.add(event);
      } else {
        others.add(event);
      }
    }
    if (recent.first() == 0) {
      return held;
    }
    for (Map.Entry<UUID, List<Long>> found : index.find(others).entrySet()) {
      if (isAt(found.getKey(), found.getValue())) {
        held.add(found.getKey());
      }
    }
    return held;
  }

  /** The index is not believed: an event that it invents would be dropped, and missing for ever. */
  private boolean isAt(UUID event, List<Long> indexes) throws IOException {
    for (long at : indexes) {
      Optional<byte[]> entry =
          at < first() ? bundles.archived(at) : read(at, 1).stream().findFirst();
      if (entry.isPresent() && Line.read(entry.get()).event().equals(event)) {
        return true;
      }
      if (entry.isEmpty() && at < first()) {
        // Better twice than missing.
        LOG.warnf("whether entry %d is of event %s cannot be told without its archive", at, event);
      }
    }
    return false;
  }

  private String building() {
    long indexed = index.size();
    return indexed >= recent.first()
        ? null
        : "the index is being built: " + indexed + " of " + size() + " entries";
  }

  @Override
  public long next(String topic, int partition) {
    return journal.next(topic, partition);
  }

  @Override
  public long size() {
    return journal.size();
  }

  @Override
  public List<byte[]> read(long from, int limit) throws IOException {
    long upTo = Math.min(size(), from + limit);
    List<byte[]> entries = new ArrayList<>();
    if (from < upTo) {
      // A segment may retire between the two: then its entries have long been in bundles.
      long begins = Math.min(upTo, journal.begins());
      bundles.read(from, begins, entries);
      journal.read(Math.max(from, begins), upTo, entries);
      if (entries.isEmpty()) {
        bundles.read(from, Math.min(upTo, journal.begins()), entries);
      }
    }
    return entries;
  }

  @Override
  public void covered(long size) {
    long begins = journal.retirable(Math.min(size / Tile.FULL * Tile.FULL, index.size()));
    if (begins == journal.begins()) {
      return;
    }
    try {
      // A crash behind the state leaves segments that opening deletes; one before it, a journal
      // that is longer than it need be.
      disk.write(State.FILE, journal.stateAt(begins).bytes());
      journal.retire(begins);
      notRetired = null;
    } catch (IOException e) {
      if (!e.getMessage().equals(notRetired)) {
        LOG.warnf("the journal cannot be shortened, trying again: %s", e.getMessage());
      }
      notRetired = e.getMessage();
    }
  }

  @Override
  public Optional<Pruned> pruned() {
    return bundles.pruned();
  }

  @Override
  public long prunable() {
    // The bundle before the journal's beginning and the one of the index's end are compared when
    // they are opened.
    long needed = Math.min(journal.begins(), index.size());
    return Math.max(first(), (needed - 1) / Tile.FULL * Tile.FULL);
  }

  @Override
  public void prune(Pruned now) throws IOException {
    long minimum = now.prune().minimum();
    if (minimum % Tile.FULL != 0 || minimum < first() || minimum > prunable()) {
      throw new IOException("entries before " + minimum + " cannot be pruned");
    }
    bundles.prune(now);
    remove();
  }

  /** A crash came before all was deleted; what cannot be now stops nothing else. */
  private void removeAgain() {
    try {
      remove();
    } catch (IOException e) {
      LOG.warnf("what was pruned is deleted at the next start or pruning: %s", e.getMessage());
    }
  }

  private void remove() throws IOException {
    var removal = new Removal(disk, this);
    if (removal.isDue()) {
      removal.run();
      LOG.infof("pruned minimum=%d", first());
    }
  }

  @Override
  public String trouble() {
    return trouble != null ? trouble : building();
  }

  @Override
  public synchronized void close() throws IOException {
    trouble = "the log is closed";
    try (writer) {
      journal.close();
    }
  }
}
