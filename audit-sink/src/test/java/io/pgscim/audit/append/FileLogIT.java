package io.pgscim.audit.append;

import static io.pgscim.audit.Samples.line;
import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.Samples;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.index.WrittenIndex;
import io.pgscim.audit.tree.WrittenTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogIT {
  private static final FileLog.Limits SMALL = new FileLog.Limits(10_000, 1000);

  @TempDir Path folder;
  private WrittenIndex index;

  @BeforeEach
  void openIndex() throws Exception {
    index = new WrittenIndex(folder);
  }

  @AfterEach
  void closeIndex() throws Exception {
    index.close();
  }

  @Test
  void keepsEntriesPositionsAndIdsAcrossRestarts() throws Exception {
    try (var log = open()) {
      assertThat(log.append(lines(0, 5))).isZero();
      assertThat(log.append(lines(5, 7))).isEqualTo(5);
    }

    try (var log = open()) {
      assertThat(log.size()).isEqualTo(7);
      assertThat(log.read(0, 100)).containsExactlyElementsOf(bytes(lines(0, 7)));
      assertPositionsAndIds(log, 7);
    }
  }

  @Test
  void readsFromAnywhere() throws Exception {
    try (var log = open()) {
      for (int at = 0; at < 200; at += 10) {
        log.append(lines(at, at + 10));
      }
      for (int from : new int[] {0, 1, 9, 10, 63, 64, 65, 130, 199}) {
        assertThat(log.read(from, 2))
            .containsExactlyElementsOf(bytes(lines(from, Math.min(200, from + 2))));
      }
      assertThat(log.read(3, 150)).containsExactlyElementsOf(bytes(lines(3, 153)));
      assertThat(log.read(200, 2)).isEmpty();
      assertThat(log.read(0, 0)).isEmpty();
    }
  }

  @Test
  void aWriteLargerThanTheUsualIsLikeAnyOther() throws Exception {
    List<Line> large =
        IntStream.range(0, 60)
            .mapToObj(
                i -> Samples.entry(Samples.received(Samples.changed(60_000), 0, i), Samples.AT))
            .toList();
    try (var log = open()) {
      log.append(lines(0, 3));
      log.append(large);
      log.append(lines(3, 6));
    }

    try (var log = open()) {
      assertThat(log.read(0, 3)).containsExactlyElementsOf(bytes(lines(0, 3)));
      assertThat(log.read(3, 60)).containsExactlyElementsOf(bytes(large));
      assertThat(log.read(63, 10)).containsExactlyElementsOf(bytes(lines(3, 6)));
    }
  }

  @Test
  void whatTheTreeAndTheIndexHaveIsNotKeptInTheJournal() throws Exception {
    try (var log = open()) {
      append(log, 0, 700);
      int before = segments().size();
      tree(log);
      log.covered(700);
      assertThat(segments()).as("the index has nothing yet").hasSize(before);

      index.follow(log);
      log.covered(700);

      assertThat(segments()).hasSizeLessThan(before / 2);
      assertThat(log.read(0, 1000)).containsExactlyElementsOf(bytes(lines(0, 700)));
      assertThat(log.read(255, 300)).containsExactlyElementsOf(bytes(lines(255, 555)));
      append(log, 700, 750);
    }

    try (var log = open()) {
      assertThat(log.read(0, 1000)).containsExactlyElementsOf(bytes(lines(0, 750)));
      assertPositionsAndIds(log, 750);
    }
  }

  @Test
  void aStateThatIsMissingDamagedOrOfAnotherJournalIsMadeAnewFromTheBundles() throws Exception {
    byte[] state = written(700);

    for (byte[] other :
        List.of(new byte[0], Arrays.copyOf(state, 30), new State(0, Map.of()).bytes())) {
      Files.write(folder.resolve("state"), other);
      try (var log = open()) {
        assertPositionsAndIds(log, 700);
      }
      assertThat(Files.readAllBytes(folder.resolve("state"))).isEqualTo(state);
    }
  }

  @Test
  void aJournalThatDoesNotJoinUpIsRefusedWithTheReason() throws Exception {
    written(700);
    List<Path> segments = segments();

    byte[] first = Files.readAllBytes(segments.getFirst());
    byte[] second = Files.readAllBytes(segments.get(1));
    Files.delete(segments.get(1));
    assertThatThrownBy(this::open).hasMessageContaining("the journal has a gap: entry");
    Files.write(segments.get(1), second);

    for (Path segment : segments.subList(1, segments.size())) {
      Files.delete(segment);
    }
    assertThatThrownBy(this::open).hasMessageContaining("the end of the journal is missing");

    Files.delete(folder.resolve("checkpoint"));
    Files.write(segments.getFirst(), new byte[0]);
    assertThatThrownBy(this::open).hasMessageContaining("its end is missing");

    Files.write(segments.getFirst(), first);
    Path bundle = folder.resolve("tile/entries/001");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 2] ^= 1;
    Files.write(bundle, bytes);
    assertThatThrownBy(this::open).hasMessageContaining("it is the journal of another log");
    Files.delete(bundle);
    assertThatThrownBy(this::open).hasMessageContaining("tile/entries/001 is missing");
  }

  @Test
  void aLastWriteTornAtAnyByteIsCutOffAsAWhole() throws Exception {
    try (var log = open()) {
      log.append(lines(0, 2));
    }
    Path segment = segments().getFirst();
    int good = (int) Files.size(segment);
    try (var log = open()) {
      log.append(lines(2, 4));
    }
    byte[] whole = Files.readAllBytes(segment);

    for (int length = good; length < whole.length; length++) {
      Files.write(segment, Arrays.copyOf(whole, length));
      try (var log = open()) {
        assertThat(log.size()).as("cut to %d bytes", length).isEqualTo(2);
        assertPositionsAndIds(log, 2);
        log.append(lines(2, 4));
      }
      assertThat(Files.readAllBytes(segment)).isEqualTo(whole);
    }
  }

  @Test
  void aLastWriteOfWhichAPageIsMissingIsTornToo() throws Exception {
    try (var log = open()) {
      log.append(lines(0, 2));
    }
    Path segment = segments().getFirst();
    int good = (int) Files.size(segment);
    try (var log = open()) {
      log.append(lines(2, 4));
    }
    byte[] whole = Files.readAllBytes(segment);
    Arrays.fill(whole, good + 100, good + 200, (byte) 0);
    Files.write(segment, whole);

    try (var log = open()) {
      assertThat(log.size()).isEqualTo(2);
      assertThat(Files.size(segment)).isEqualTo(good);
    }
  }

  @Test
  void aByteChangedInTheMiddleStopsTheLogAndIsPlaced() throws Exception {
    try (var log = open()) {
      log.append(lines(0, 2));
      log.append(lines(2, 3));
    }
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    int second = line(0).bytes().length + 1;
    whole[second + 50] ^= 1;
    Files.write(segment, whole);

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "journal/000000000000.jsonl: the write at byte 0, entry 0 on, was changed or is"
                + " incomplete, and it is not the last write");
    assertThat(Files.readAllBytes(segment)).isEqualTo(whole);
  }

  @Test
  void onlyOneWriterOpensItAndTheOtherIsToldWhoItIs() throws Exception {
    try (var first = open()) {
      assertThatThrownBy(this::open)
          .hasMessageContaining("another process writes the log")
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " on ")
          .hasMessageContaining(" since 20");
      assertThat(first.size()).isZero();
    }

    open().close();
  }

  @Test
  void largeDetailsLieBesideUnderTheirDigest() throws Exception {
    Line large = Samples.entry(Samples.received(Samples.changed(70_000), 0, 0), Samples.AT);
    try (var log = open()) {
      log.append(List.of(large));
    }

    Path beside = folder.resolve("beside").resolve(Digest.hex(large.beside()) + ".json");
    assertThat(Files.readAllBytes(beside)).isEqualTo(large.beside());
    try (var files = Files.list(beside.getParent())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void appendsNothingMoreAfterTroubleUntilItHasRecovered() throws Exception {
    var full = new boolean[1];
    var disk =
        new Disk(folder) {
          @Override
          protected int write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
            if (!full[0]) {
              return super.write(channel, bytes, at);
            }
            int limit = bytes.limit();
            bytes.limit(bytes.position() + Math.min(700, bytes.remaining()));
            int written = super.write(channel, bytes, at);
            bytes.limit(limit);
            if (written < 700) {
              return written;
            }
            throw new IOException("No space left on device");
          }
        };
    try (var log = FileLog.open(disk, index, SMALL)) {
      log.append(lines(0, 2));
      full[0] = true;
      assertThatThrownBy(() -> log.append(lines(2, 9))).isInstanceOf(IOException.class);
      assertThat(log.trouble()).isEqualTo("No space left on device");
      assertThatThrownBy(() -> log.append(lines(2, 3))).hasMessageStartingWith("recover first");
      assertThat(log.read(0, 9)).hasSize(2);
      full[0] = false;

      log.recover();

      assertThat(log.trouble()).isNull();
      assertThat(log.append(lines(2, 3))).isEqualTo(2);
      assertThat(log.read(0, 9)).containsExactlyElementsOf(bytes(lines(0, 3)));
    }
    try (var log = open()) {
      assertThat(log.read(0, 9)).containsExactlyElementsOf(bytes(lines(0, 3)));
    }
  }

  @Test
  void aReaderThatIsInterruptedTakesTheLogFromNobody() throws Exception {
    try (var log = open()) {
      log.append(lines(0, 3));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> log.read(0, 3)).isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();

      assertThat(log.append(lines(3, 5))).isEqualTo(3);
      assertThat(log.read(0, 9)).containsExactlyElementsOf(bytes(lines(0, 5)));
    }
  }

  @Test
  void waitsForTheIndexRatherThanToRememberMore() throws Exception {
    try (var log = FileLog.open(new Disk(folder), index, new FileLog.Limits(10_000, 300))) {
      append(log, 0, 600);
      assertThatThrownBy(() -> append(log, 600, 700))
          .hasMessageContaining("the index is 600 entries behind");

      index.follow(log);
      log.recover();

      append(log, (int) log.size(), 700);
      assertPositionsAndIds(log, 700);
    }
  }

  @Test
  void neitherAnswersNorAppendsWhileTheIndexIsBehindWhatItRemembers() throws Exception {
    written(700);
    index.close();
    Files.delete(folder.resolve("index/entries.sqlite"));
    index = new WrittenIndex(folder);
    try (var log = open()) {
      assertThat(log.trouble()).isEqualTo("the index is being built: 0 of 700 entries");
      assertThatThrownBy(() -> log.holds(List.of(line(3).event())))
          .hasMessageStartingWith("the index is being built");

      index.follow(log);

      assertThat(log.trouble()).isNull();
      assertPositionsAndIds(log, 700);
    }
  }

  @Test
  void anEventThatOnlyTheIndexClaimsIsNotBelieved() throws Exception {
    var lying =
        new EventIndex() {
          @Override
          public long size() {
            return 2;
          }

          @Override
          public Map<UUID, List<Long>> find(Collection<UUID> events) {
            return Map.of(line(5).event(), List.of(1L, 77L), line(1).event(), List.of(1L));
          }
        };
    try (var log = FileLog.open(new Disk(folder), lying, SMALL)) {
      log.append(lines(0, 2));

      assertThat(log.holds(List.of(line(5).event(), line(1).event())))
          .containsExactly(line(1).event());
    }
  }

  /** A log of so many entries whose journal has been shortened; gives its state. */
  private byte[] written(int entries) throws Exception {
    try (var log = open()) {
      append(log, 0, entries);
      tree(log);
      index.follow(log);
      log.covered(entries);
    }
    return Files.readAllBytes(folder.resolve("state"));
  }

  private static void append(AuditLog log, int from, int to) throws IOException {
    for (int at = from; at < to; at += 10) {
      log.append(lines(at, Math.min(to, at + 10)));
    }
  }

  private void tree(AuditLog log) throws IOException {
    WrittenTree.follow(new Disk(folder), log);
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder.resolve("journal"))) {
      return files.sorted().toList();
    }
  }

  private static void assertPositionsAndIds(AuditLog log, int size) throws IOException {
    assertThat(log.size()).isEqualTo(size);
    for (int partition = 0; partition < 3; partition++) {
      int last = size - 1;
      while (last >= 0 && last % 3 != partition) {
        last--;
      }
      assertThat(log.next("identity-events", partition)).isEqualTo(last + 1);
    }
    assertThat(log.next("role-changes", 0)).isZero();
    List<UUID> events = lines(0, size + 1).stream().map(Line::event).toList();
    assertThat(log.holds(events)).containsExactlyInAnyOrderElementsOf(events.subList(0, size));
  }

  private FileLog open() throws IOException {
    return FileLog.open(new Disk(folder), index, SMALL);
  }

  private static List<byte[]> bytes(List<Line> lines) {
    return lines.stream().map(Line::bytes).toList();
  }
}
