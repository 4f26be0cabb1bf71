package io.pgscim.audit.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.Samples;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Beside;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Prune;
import io.pgscim.audit.index.WrittenIndex;
import io.pgscim.audit.source.Folder;
import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.source.WithArchives;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.tree.WrittenTree;
import io.pgscim.audit.verify.FolderCheck;
import io.pgscim.audit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pruning is cut short before and after each thing that it asks of a disk, the log's or the
 * archive's. Right then an auditor finds the log intact, and every entry in it or in the archive;
 * gone on with, it ends as if nothing had been.
 */
class PruningFaultsIT {
  private static final int SIZE = 800;
  private static final int MINIMUM = 512;
  private static final int LARGE = 300;
  private static final int STEP = Integer.getInteger("pgscim.step", 5);
  private static final Path MEMORY = Path.of("/dev/shm");

  private final List<Line> lines = new ArrayList<>(Samples.lines(0, SIZE));
  private Path folder;
  private Path written;

  /** Thrown where the process would end. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Counts the steps of both disks. */
  private static final class Turns {
    private final int fatal;
    private final boolean kill;
    private int steps;
    private boolean killed;

    Turns(int fatal, boolean kill) {
      this.fatal = fatal;
      this.kill = kill;
    }

    boolean struck() {
      return steps >= fatal;
    }

    void step(String what, Path file) throws IOException {
      if (killed) {
        throw new Killed();
      }
      if (++steps == fatal) {
        killed = kill;
        if (kill) {
          throw new Killed();
        }
        throw new IOException("Input/output error: " + what + " " + file);
      }
    }
  }

  private static final class Faulty extends Disk {
    private final Turns turns;

    Faulty(Path root, Turns turns) {
      super(root);
      this.turns = turns;
    }

    @Override
    protected void step(String what, Path file) throws IOException {
      turns.step(what, file);
    }
  }

  @BeforeEach
  void write() throws Exception {
    folder =
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "pgscim-pruning")
            : Files.createTempDirectory("pgscim-pruning");
    written = Files.createDirectory(folder.resolve("written"));
    lines.set(
        LARGE, Samples.entry(Samples.received(Samples.changed(70_000), 0, LARGE), Samples.AT));
    try (var log = PrunedLog.open(written)) {
      log.append(lines);
    }
  }

  @AfterEach
  void remove() throws IOException {
    Started.remove(folder);
  }

  @Test
  void theProcessEndsBeforeAndAfterEachOperation() throws Exception {
    assertThat(everyStep(true)).isGreaterThan(100);
  }

  @Test
  void eachOperationFailsBeforeOrAfterItIsDone() throws Exception {
    assertThat(everyStep(false)).isGreaterThan(100);
  }

  private int everyStep(boolean kill) throws Exception {
    for (int turn = 1; ; turn += STEP) {
      Path log = folder.resolve("log");
      WrittenTree.copy(written, log);
      Path archive = folder.resolve("archive");
      var turns = new Turns(turn, kill);
      try (var pruned = PrunedLog.open(new Faulty(log, turns), place -> new Faulty(place, turns))) {
        pruned.prune(archive, MINIMUM);
      } catch (Killed | IOException e) {
        assertThat(turns.struck()).as("%s", e).isTrue();
      }
      assertNothingIsMissing(log, archive, turn);

      try (var pruned = PrunedLog.open(log)) {
        pruned.prune(archive, MINIMUM);
      }
      assertPruned(log, archive);
      Started.remove(log);
      Started.remove(archive);
      if (!turns.struck()) {
        return turn - STEP;
      }
    }
  }

  private void assertNothingIsMissing(Path log, Path archive, int turn) throws Exception {
    assertThat(check(new Folder(log)))
        .as("the log, turn %d", turn)
        .isInstanceOf(Verdict.Intact.class);
    assertThat(check(new WithArchives(new Folder(log), List.of(new Folder(archive)))))
        .as("log and archive, turn %d", turn)
        .isInstanceOfSatisfying(Verdict.Intact.class, all -> assertThat(all.part()).isEmpty());
  }

  private void assertPruned(Path log, Path archive) throws Exception {
    assertThat(check(new Folder(log)))
        .isInstanceOfSatisfying(
            Verdict.Intact.class,
            intact -> {
              assertThat(intact.checkpoint().size()).isEqualTo(SIZE + 1);
              assertThat(intact.part().orElseThrow().from()).isEqualTo(MINIMUM);
            });
    assertThat(check(new Folder(archive)))
        .isInstanceOfSatisfying(
            Verdict.Intact.class,
            intact -> assertThat(intact.part().orElseThrow().until()).isEqualTo(MINIMUM));
    assertThat(check(new WithArchives(new Folder(log), List.of(new Folder(archive)))))
        .isInstanceOfSatisfying(Verdict.Intact.class, all -> assertThat(all.part()).isEmpty());
    String beside = Beside.file(lines.get(LARGE).beside());
    assertThat(log.resolve(beside)).doesNotExist();
    assertThat(archive.resolve(beside)).hasBinaryContent(lines.get(LARGE).beside());
    for (String bundle : List.of("000", "001")) {
      assertThat(log.resolve("tile/entries/" + bundle)).doesNotExist();
    }
    try (var index = new WrittenIndex(log);
        var opened = FileLog.open(new Disk(log), index)) {
      List<byte[]> kept = opened.read(MINIMUM, SIZE);
      assertThat(kept.size()).isEqualTo(SIZE + 1 - MINIMUM);
      for (int i = MINIMUM; i < SIZE; i++) {
        assertThat(kept.get(i - MINIMUM)).isEqualTo(lines.get(i).bytes());
      }
      assertThat(Prune.said(kept.getLast())).isPresent();
      assertThat(opened.holds(lines.stream().map(Line::event).toList())).hasSize(SIZE);
    }
  }

  private static Verdict check(LogSource source) throws Exception {
    Path root = source.folder().orElseThrow().root();
    return FolderCheck.of(source, VerifierKey.parse(Files.readString(root.resolve("vkey"))));
  }
}
