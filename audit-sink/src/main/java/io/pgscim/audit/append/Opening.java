package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jboss.logging.Logger;

/**
 * Finds out what a folder holds: reads state and journal, and of the bundles only the one where the
 * journal begins. Only where the state is missing or does not fit, all bundles before it are read.
 */
final class Opening {
  private static final Logger LOG = Logger.getLogger(Opening.class);
  private static final int STEP = 16 * Tile.FULL;
  private static final int STEPS_TOLD = 64;

  private final Disk disk;
  private final FileLog.Limits limits;
  private final Bundles bundles;

  Opening(Disk disk, FileLog.Limits limits) throws IOException {
    this.disk = disk;
    this.limits = limits;
    this.bundles = Bundles.open(disk);
  }

  /** What is in the folder. */
  record Opened(Journal journal, Bundles bundles, Recent recent) {}

  Opened open() throws IOException {
    State state = state();
    var recent = new Recent(limits.generation(), state.begins());
    var journal =
        Journal.open(disk, limits.segmentBytes(), state, (line, at) -> recent.add(line.event()));
    try {
      joinsUp(journal);
      notShorterThanSigned(journal);
      return new Opened(journal, bundles, recent);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private State state() throws IOException {
    SortedSet<Long> beginnings = Journal.beginnings(disk);
    byte[] bytes = disk.read(State.FILE);
    State state = bytes == null ? State.NEW : State.read(bytes).orElse(null);
    if (state != null && (beginnings.isEmpty() || beginnings.contains(state.begins()))) {
      return state;
    }
    return rebuilt(beginnings.isEmpty() ? 0 : beginnings.first());
  }

  /**
   * The positions of the entries before the journal, from the entries themselves; of those that
   * were pruned the log says it.
   */
  private State rebuilt(long begins) throws IOException {
    LOG.warnf(
        "the state is missing, damaged or of another journal: it is made anew from %d entries",
        begins);
    var positions =
        new Positions(bundles.pruned().map(one -> one.prune().next()).orElseGet(Map::of));
    for (long from = bundles.first(); from < begins; from += STEP) {
      List<byte[]> entries = new ArrayList<>();
      bundles.read(from, Math.min(begins, from + STEP), entries);
      for (byte[] entry : entries) {
        positions.passed(Line.read(entry).from());
      }
      if (from / STEP % STEPS_TOLD == STEPS_TOLD - 1) {
        LOG.infof("the state is being made anew entries=%d of=%d", from + entries.size(), begins);
      }
    }
    var state = new State(begins, positions.now());
    disk.write(State.FILE, state.bytes());
    return state;
  }

  /**
   * The bundle where the journal begins has entries of both sides: they must be the same.
   *
   * @throws IOException when they are not: the journal is of another log, or a part is missing
   */
  private void joinsUp(Journal journal) throws IOException {
    long begins = journal.begins();
    if (begins == 0) {
      return;
    }
    long upTo = (begins - 1) / Tile.FULL * Tile.FULL + Tile.FULL;
    List<byte[]> signed = new ArrayList<>();
    bundles.read(begins - 1, upTo, signed);
    List<byte[]> here = new ArrayList<>();
    journal.read(begins, upTo, here);
    if (here.size() < signed.size() - 1) {
      throw new IOException(
          "the journal ends with entry %d, the bundles go on to %d: its end is missing"
              .formatted(journal.size() - 1, upTo - 1));
    }
    for (int i = 0; i < here.size(); i++) {
      if (!Arrays.equals(here.get(i), signed.get(i + 1))) {
        throw new IOException(
            "entry %d of the journal is not the one in the bundles: it is the journal of another log"
                .formatted(begins + i));
      }
    }
  }

  /** Entries that a checkpoint speaks of must not be given their numbers again. */
  private void notShorterThanSigned(Journal journal) throws IOException {
    byte[] note = disk.read("checkpoint");
    if (note == null) {
      return;
    }
    String[] lines = new String(note, StandardCharsets.UTF_8).split("\n", 3);
    if (lines.length < 3 || !lines[1].matches("[0-9]{1,18}")) {
      throw new IOException("the checkpoint on disk is none");
    }
    long signed = Long.parseLong(lines[1]);
    if (signed > journal.size()) {
      throw new IOException(
          "the checkpoint speaks of %d entries, the log has %d: the end of the journal is missing"
              .formatted(signed, journal.size()));
    }
  }
}
