package io.pgscim.audit.command;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.Samples;
import io.pgscim.audit.append.PrunedLog;
import io.pgscim.audit.entry.Beside;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.NotKept;
import io.pgscim.audit.entry.Prune;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.tree.WrittenTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of 1,000 entries of which the first 512 went into an archive; what each command says. */
class PrunedLogIT {
  private static final int SIZE = 1000;
  private static final int MINIMUM = 512;
  private static final int ALONE = 100;
  private static final int SHARED = 200;
  private static final int SHARED_AND_KEPT = 700;

  @TempDir static Path written;
  private static String key;
  private static Path writtenArchive;
  private static List<Line> entries;

  @TempDir Path scratch;
  private Path log;
  private Path archive;

  @BeforeAll
  static void write() throws Exception {
    entries = new ArrayList<>(lines(0, SIZE));
    entries.set(ALONE, large(70_000, ALONE));
    entries.set(SHARED, large(80_000, SHARED));
    entries.set(SHARED_AND_KEPT, large(80_000, SHARED_AND_KEPT));
    writtenArchive = written.resolve("archive");
    key =
        PrunedLog.write(
            Files.createDirectory(written.resolve("log")), writtenArchive, entries, MINIMUM);
  }

  private static Line large(int length, int number) {
    return Samples.entry(Samples.received(Samples.changed(length), 0, number), Samples.AT);
  }

  @BeforeEach
  void copy() throws IOException {
    log = scratch.resolve("log");
    archive = scratch.resolve("archive");
    WrittenTree.copy(written.resolve("log"), log);
    WrittenTree.copy(writtenArchive, archive);
  }

  @Test
  void whatWasPrunedIsGoneAndWhatIsLeftIsIntact() throws Exception {
    assertThat(bundles(log)).contains("002", "003.p/233").doesNotContain("000", "001");
    assertThat(log.resolve(Beside.file(entries.get(ALONE).beside()))).doesNotExist();
    assertThat(log.resolve(Beside.file(entries.get(SHARED).beside()))).exists();

    assertThat(verify(0, log))
        .startsWith("intact: 1001 entries of pgscim.example/audit, root ")
        .contains(
            "; those before 512 were pruned, their hashes agree: they lie in " + writtenArchive);
    assertThat(verify(0, log, "--json"))
        .contains("\"verdict\":\"intact\"")
        .contains("\"from\":512,\"until\":1001");
  }

  @Test
  void anArchiveIsALogOfItsOwn() throws Exception {
    assertThat(bundles(archive)).containsExactly("000", "001", "003.p/233");
    assertThat(verify(0, archive))
        .startsWith("intact archive: entries 0 to 511 of the 1001 entries of pgscim.example/audit");
    assertThat(Run.out(0, "show", archive, "5", "--key", key)).contains("user=u5");
    assertThat(Run.out(0, "show", archive, "--user", "u7", "--key", key).lines()).hasSize(1);
    assertThat(Run.audit("show", archive, "600", "--key", key).err())
        .isEqualTo("audit: entry 600 is not in this archive, which holds entries 0 to 511\n");
    assertThat(Run.audit("verify", archive, "--state", scratch.resolve("s")).err())
        .contains("this is an archive");
  }

  @Test
  void withTheArchiveEverythingIsCheckedAndReadAsIfNothingHadBeenPruned() throws Exception {
    assertThat(verify(0, log, "--archive", archive))
        .startsWith("intact: 1001 entries of pgscim.example/audit, root ")
        .doesNotContain("pruned");
    assertThat(Run.out(0, "show", log, "5", "--archive", archive)).contains("user=u5");
    Path out = scratch.resolve("out");
    Run.out(0, "export", log, "--archive", archive, "--out", out);
    assertThat(Files.readAllLines(out)).hasSize(1001);
    Run.out(0, "export", log, "--out", out);
    assertThat(Files.readAllLines(out)).hasSize(1001 - MINIMUM);

    change(archive.resolve("tile/entries/001"));
    assertThat(verify(1, log, "--archive", archive))
        .isEqualTo("broken: tile/entries/001: entry 256 is not the one that was signed\n");
    assertThat(Run.audit("review", log, "--month", "2026-03").err())
        .contains("begins with entry 512")
        .contains("--archive");
  }

  @Test
  void theLogSaysWhoPrunedWhatAndWhere() throws Exception {
    var said = new ObjectMapper().readTree(Run.out(0, "show", log, "1000", "--json"));
    assertThat(said.path("what").asText()).isEqualTo("prune-log");
    assertThat(said.path("who").asText()).isEqualTo("audit-sink/tester");
    assertThat(said.path("outcome").asText()).isEqualTo("applied");
    assertThat(said.at("/details/archive").asText()).isEqualTo(writtenArchive.toString());
    assertThat(said.at("/details/from").asLong()).isZero();
    assertThat(said.at("/details/minimum").asLong()).isEqualTo(MINIMUM);
    assertThat(said.at("/details/next/identity-events~11").asLong()).isEqualTo(512);
    assertThat(said.at("/details/next/identity-events~12").asLong()).isEqualTo(510);
  }

  @Test
  void aPrunedEntryIsSaidToBeAndProvenByItsHash() throws Exception {
    Run shown = Run.audit("show", log, "5");
    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.err())
        .startsWith("audit: entry 5 was pruned: entries before 512 lie in the archive ")
        .contains("as entry 1000 says");
    Path proof = scratch.resolve("5.tlog-proof");
    assertThat(Run.audit("prove", log, "5", "--out", proof).err()).contains("was pruned");
    assertThat(Files.readString(proof)).doesNotContain("extra ");
    Path entry = Files.write(scratch.resolve("entry"), entries.get(5).bytes());

    assertThat(Run.out(0, "verify-proof", proof, "--key", key, "--entry", entry))
        .contains("user=u5");
    Files.write(entry, entries.get(6).bytes());
    Run.out(1, "verify-proof", proof, "--key", key, "--entry", entry);
  }

  @Test
  void whatIsMissingAtTheMinimumOrAboveIsNamed() throws Exception {
    Files.delete(log.resolve("tile/entries/002"));
    assertThat(verify(1, log)).isEqualTo("broken: tile/entries/002: is missing\n");
  }

  @Test
  void hashesOfWhatWasPrunedAreStillChecked() throws Exception {
    change(log.resolve("tile/0/001"));
    assertThat(verify(1, log)).startsWith("broken: tile/0/001: is not the one that was signed");
  }

  @Test
  void aMinimumThatTheLogDoesNotSayIsFound() throws Exception {
    Files.delete(log.resolve("tile/entries/002"));
    Pruned said = Pruned.read(Files.readAllBytes(log.resolve(Pruned.LOG))).orElseThrow();
    doctor(new Pruned(prune(said, 768), 1000));
    assertThat(verify(1, log))
        .isEqualTo(
            "broken: minimum-index: says that entries before 768 were pruned, the log says 512 in"
                + " entry 1000\n");
    doctor(new Pruned(prune(said, 768), 999));
    assertThat(verify(1, log))
        .isEqualTo("broken: minimum-index: names entry 999, which speaks of no pruning\n");
    doctor(new Pruned(prune(said, 768), 1001));
    assertThat(verify(1, log))
        .isEqualTo("broken: minimum-index: names entry 1001, and 1001 are signed\n");
    Files.writeString(log.resolve(Pruned.LOG), "{}");
    assertThat(verify(1, log)).isEqualTo("broken: minimum-index: is not as it was written\n");
    Files.delete(log.resolve(Pruned.LOG));
    assertThat(verify(1, log)).isEqualTo("broken: tile/entries/000: is missing\n");
  }

  @Test
  void positionsThatTheLogDoesNotSayAreFound() throws Exception {
    Pruned said = Pruned.read(Files.readAllBytes(log.resolve(Pruned.LOG))).orElseThrow();
    doctor(
        new Pruned(
            new Prune(said.prune().archive(), 0, MINIMUM, Map.of("identity-events/0", 1L)), 1000));
    assertThat(verify(1, log))
        .isEqualTo("broken: minimum-index: says something else than entry 1000 of the log\n");
  }

  private static Prune prune(Pruned like, long minimum) {
    return new Prune(like.prune().archive(), 0, minimum, like.prune().next());
  }

  private void doctor(Pruned pruned) throws IOException {
    Files.write(log.resolve(Pruned.LOG), pruned.bytes());
  }

  @Test
  void aTamperedArchiveIsFound() throws Exception {
    change(archive.resolve("tile/entries/001"));
    assertThat(verify(1, archive))
        .isEqualTo("broken: tile/entries/001: entry 256 is not the one that was signed\n");
    Files.delete(archive.resolve("tile/entries/001"));
    assertThat(verify(1, archive)).isEqualTo("broken: tile/entries/001: is missing\n");
  }

  @Test
  void detailsInAnArchiveAreChecked() throws Exception {
    String beside = Beside.file(entries.get(ALONE).beside());
    change(archive.resolve(beside));
    assertThat(verify(1, archive)).startsWith("broken: " + beside + ": was changed");
    Files.delete(archive.resolve(beside));
    assertThat(verify(1, archive)).contains("is missing: entry 100 names it");
  }

  @Test
  void aLogThatIsMadeOutToBeAnArchiveIsFound() throws Exception {
    Files.copy(archive.resolve(Pruned.ARCHIVE), log.resolve(Pruned.ARCHIVE));
    assertThat(verify(1, log))
        .isEqualTo("broken: archive: says that a log which is written is an archive\n");
    Files.delete(log.resolve(Pruned.LOG));
    Files.delete(log.resolve("state"));
    try (Stream<Path> segments = Files.list(log.resolve("journal"))) {
      for (Path segment : segments.toList()) {
        Files.delete(segment);
      }
    }
    assertThat(verify(1, log)).isEqualTo("broken: tile/entries/000: is missing\n");
  }

  @Test
  void aNextPruningGoesOnWithTheArchive() throws Exception {
    try (var pruned = PrunedLog.open(log)) {
      pruned.append(lines(1001, 2500));
      assertThatThrownBy(() -> pruned.prune(log.resolve("archive"), 1536))
          .hasMessageContaining("must lie outside");
      assertThatThrownBy(() -> pruned.prune(scratch, 1536)).hasMessageContaining("outside");
      pruned.prune(archive, 1024);
      pruned.prune(scratch.resolve("other"), 1536);
      assertThatThrownBy(() -> pruned.prune(archive, 1792))
          .hasMessageContaining("ends before entry 1024, and the log begins with 1536");
    }

    assertThat(verify(0, archive)).startsWith("intact archive: entries 0 to 1023 of the ");
    assertThat(verify(0, scratch.resolve("other")))
        .startsWith("intact archive: entries 1024 to 1535");
    assertThat(verify(0, log)).contains("those before 1536 were pruned");
    assertThat(verify(0, log, "--archive", scratch.resolve("other")))
        .contains("those before 1024 were pruned");
    assertThat(verify(0, log, "--archive", archive, "--archive", scratch.resolve("other")))
        .doesNotContain("pruned");
    assertThat(Run.audit("verify", log, "--archive", archive).err())
        .contains("entry 1024 lies in none of the archives");
  }

  @Test
  void whereTheArchiveIsAwayNothingIsDeletedAndAnotherOneWillDo() throws Exception {
    Path fresh = Files.createDirectory(scratch.resolve("fresh"));
    Path lost = scratch.resolve("lost");
    try (var pruned = PrunedLog.open(fresh)) {
      pruned.append(lines(0, 1000));
      pruned.record(lost, MINIMUM);
    }
    Files.move(lost.resolve("tile/entries/001"), scratch.resolve("bundle"));

    try (var pruned = PrunedLog.open(fresh)) {
      assertThatThrownBy(() -> pruned.prune(archive, MINIMUM))
          .hasMessage(lost.resolve("tile/entries/001") + " is missing");
      assertThat(bundles(fresh)).contains("000", "001");
      Path other = scratch.resolve("other");
      pruned.record(other, MINIMUM);
      pruned.prune(other, MINIMUM);
      assertThat(bundles(fresh)).doesNotContain("000", "001");
      assertThat(verify(other)).startsWith("intact archive: entries 0 to 511 of the 1002 ");
    }
  }

  private static String verify(Path folder) throws IOException {
    return Run.out(0, "verify", folder, "--key", folder.resolve("vkey"));
  }

  @Test
  void aPrunedLogHasGrownOutOfWhatWasKeptBefore() throws Exception {
    Path grown = Files.createDirectory(scratch.resolve("grown"));
    Path older = scratch.resolve("older");
    Path state = scratch.resolve("state");
    try (var pruned = PrunedLog.open(grown)) {
      pruned.append(lines(0, 300));
      Files.copy(grown.resolve("checkpoint"), older);
      Run.out(0, "verify", grown, "--state", state);
      pruned.append(lines(300, 1000));
      pruned.prune(scratch.resolve("to"), MINIMUM);
    }

    assertThat(Run.out(0, "verify", grown, "--since", older)).contains("were pruned");
    assertThat(Run.out(0, "verify", grown, "--state", state)).contains("were pruned");
    assertThat(Files.readString(state)).contains("\"size\" : 1001");
    assertThat(Run.out(0, "verify", grown, "--state", state)).contains("were pruned");
    WrittenTree.rewrite(grown, lines(1, 1002));
    Run.out(1, "verify", grown, "--since", older);
  }

  @Test
  void theIndexKeepsWhatWasPrunedAndIsMadeAnewWithoutOrWithIt() throws Exception {
    assertThat(Run.out(0, "verify-index", log)).contains("knows 1001 entries");
    assertThat(Run.out(0, "verify-index", log, "--archive", archive)).contains("1001 entries");

    Run.out(0, "verify-index", log, "--rebuild");
    Run.out(0, "verify-index", log);
    assertThat(held(5)).as("an event that only the archive has").isFalse();
    Run.out(0, "verify-index", log, "--rebuild", "--archive", archive);
    Run.out(0, "verify-index", log, "--archive", archive);
    assertThat(held(5)).isTrue();
  }

  /** Whether the log knows the event of an entry. */
  private boolean held(int number) throws Exception {
    try (var pruned = PrunedLog.open(log)) {
      var event = entries.get(number).event();
      return pruned.log.holds(List.of(event)).contains(event);
    }
  }

  @Test
  void anEventOfAPrunedEntryIsKnownAgainAndTwiceRatherThanMissingWithoutTheArchive()
      throws Exception {
    assertThat(held(5)).isTrue();
    Path away = written.resolve("away");
    Files.move(writtenArchive, away);
    try {
      assertThat(held(5)).isFalse();
    } finally {
      Files.move(away, writtenArchive);
    }
  }

  @Test
  void readingWhatWasPrunedIsRefusedByTheLogItself() throws Exception {
    try (var pruned = PrunedLog.open(log)) {
      assertThatThrownBy(() -> pruned.log.read(511, 10)).isInstanceOf(NotKept.class);
      assertThat(pruned.log.read(512, 10)).hasSize(10);
      assertThat(pruned.log.next("identity-events", 1)).isEqualTo(998);
    }
  }

  @Test
  void positionsAreKnownThoughTheStateIsLost() throws Exception {
    Files.delete(log.resolve("state"));
    try (var pruned = PrunedLog.open(log)) {
      assertThat(pruned.log.next("identity-events", 1)).isEqualTo(998);
      assertThat(pruned.log.next("role-changes", 0)).isEqualTo(SHARED_AND_KEPT + 1);
    }
  }

  @Test
  void theCommandArchivesAndTheSinkThatSignsDeletes() throws Exception {
    Path fresh = Files.createDirectory(scratch.resolve("fresh"));
    // The journal of the service has segments of eight megabytes.
    try (var pruned = PrunedLog.open(fresh)) {
      pruned.append(lines(0, 1000));
    }
    Path to = scratch.resolve("to");
    assertThat(Run.out(0, "prune", fresh, "--minimum", "600", "--archive", to, "--dry-run"))
        .isEqualTo("would prune entries 0 to 511 into " + to + "\n");
    assertThat(to).doesNotExist();
    assertThat(Run.out(0, "prune", fresh, "--before", "2026-03-01", "--archive", to))
        .isEqualTo("nothing to prune: the log begins with entry 0\n");
    assertThat(Run.out(0, "prune", fresh, "--before", "2026-03-02", "--archive", to))
        .contains("; entry 1000 says so. Start audit-sink");
    assertThat(bundles(fresh)).contains("000");
    assertThat(Run.audit("prune", fresh, "--minimum", "600", "--archive", to).err())
        .contains("start audit-sink first: it has to sign entry 1000");

    try (var pruned = PrunedLog.open(fresh)) {
      assertThat(Run.audit("prune", fresh, "--minimum", "600", "--archive", to).err())
          .contains("another process writes the log in " + fresh);
      pruned.prune(to, pruned.log.prunable());
    }
    assertThat(verify(0, fresh, "--key", Files.readString(fresh.resolve("vkey")).strip()))
        .contains("were pruned");
    assertThat(Run.audit("prune", fresh, "--archive", to).code()).isEqualTo(2);
    assertThat(Run.audit("prune", archive, "--minimum", "9", "--archive", to).err())
        .contains("is not the folder that audit-sink writes");
    assertThat(Run.out(0, "prune", "--help")).contains("--before=TIME", "--dry-run");
  }

  private String verify(int code, Path folder, Object... more) {
    var arguments = new ArrayList<Object>(List.of("verify", folder, "--key", key));
    arguments.addAll(List.of(more));
    return Run.out(code, arguments.toArray());
  }

  /** Changes one bit in the middle of the first hash or entry. */
  private void change(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Path draft = Files.write(scratch.resolve("draft"), bytes);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> bundles(Path folder) throws IOException {
    Path entries = folder.resolve("tile/entries");
    try (Stream<Path> files = Files.walk(entries)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> entries.relativize(file).toString())
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }
}
