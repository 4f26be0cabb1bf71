package io.pgscim.audit.append;

import static io.pgscim.audit.Samples.line;
import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.Samples;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesLogIT {
  @TempDir Path folder;

  @Test
  void keepsEntriesPositionsAndIdsAcrossRestarts() throws Exception {
    try (var log = JsonLinesLog.open(folder)) {
      assertThat(log.append(lines(0, 5))).isZero();
      assertThat(log.append(lines(5, 7))).isEqualTo(5);
    }

    try (var log = JsonLinesLog.open(folder)) {
      assertThat(log.size()).isEqualTo(7);
      assertThat(log.read(0, 100)).containsExactlyElementsOf(bytes(lines(0, 7)));
      assertThat(log.next("identity-events", 0)).isEqualTo(7);
      assertThat(log.next("identity-events", 1)).isEqualTo(5);
      assertThat(log.next("identity-events", 2)).isEqualTo(6);
      assertThat(log.next("role-changes", 0)).isZero();
      assertThat(log.holds(line(6).event())).isTrue();
      assertThat(log.holds(line(7).event())).isFalse();
    }
  }

  @Test
  void readsFromAnywhere() throws Exception {
    try (var log = JsonLinesLog.open(folder)) {
      log.append(lines(0, 10));

      assertThat(log.read(3, 2)).containsExactlyElementsOf(bytes(lines(3, 5)));
      assertThat(log.read(9, 2)).containsExactlyElementsOf(bytes(lines(9, 10)));
      assertThat(log.read(10, 2)).isEmpty();
      assertThat(log.read(0, 0)).isEmpty();
    }
  }

  @Test
  void aTailTornAtAnyByteIsCutBackToTheLastWholeEntry() throws Exception {
    byte[] whole = written(lines(0, 3));
    int lastStart = whole.length - line(2).bytes().length - 1;

    for (int length = lastStart; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (var log = JsonLinesLog.open(folder)) {
        assertThat(log.size()).as("cut to %d bytes", length).isEqualTo(2);
        assertThat(log.next("identity-events", 2)).isZero();
        log.append(lines(2, 3));
      }
      assertThat(Files.readAllBytes(file())).isEqualTo(whole);
    }
  }

  @Test
  void aLastLineOfZeroesIsTornToo() throws Exception {
    byte[] whole = written(lines(0, 3));
    Arrays.fill(whole, whole.length - 200, whole.length - 100, (byte) 0);
    Files.write(file(), whole);

    try (var log = JsonLinesLog.open(folder)) {
      assertThat(log.size()).isEqualTo(2);
    }
  }

  @Test
  void aDamagedEntryInTheMiddleStopsTheLogAndIsNamed() throws Exception {
    byte[] whole = written(lines(0, 3));
    int second = line(0).bytes().length + 1;
    whole[second] = 'x';
    Files.write(file(), whole);

    assertThatThrownBy(() -> JsonLinesLog.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("entry 1 at byte " + second + " is damaged, and it is not the last");
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  @Test
  void onlyOneWriterOpensIt() throws Exception {
    try (var first = JsonLinesLog.open(folder)) {
      assertThatThrownBy(() -> JsonLinesLog.open(folder))
          .hasMessageContaining("another process writes the log");
      assertThat(first.size()).isZero();
    }

    JsonLinesLog.open(folder).close();
  }

  @Test
  void largeDetailsLieBesideUnderTheirDigest() throws Exception {
    Line large = Samples.entry(Samples.received(Samples.changed(70_000), 0, 0), Samples.AT);
    try (var log = JsonLinesLog.open(folder)) {
      log.append(List.of(large));
    }

    Path beside = folder.resolve("beside").resolve(Digest.hex(large.beside()) + ".json");
    assertThat(Files.readAllBytes(beside)).isEqualTo(large.beside());
    assertThat(folder.resolve("beside/draft")).doesNotExist();
  }

  @Test
  void appendsNothingMoreAfterTroubleUntilItHasRecovered() throws Exception {
    Line large = Samples.entry(Samples.received(Samples.changed(70_000), 0, 9), Samples.AT);
    try (var log = JsonLinesLog.open(folder)) {
      log.append(lines(0, 2));
      Files.delete(folder.resolve("beside"));
      assertThatThrownBy(() -> log.append(List.of(line(2), large))).isInstanceOf(IOException.class);
      assertThat(log.trouble()).contains("beside");
      assertThatThrownBy(() -> log.append(lines(2, 3))).hasMessageStartingWith("recover first");

      log.recover();

      assertThat(log.trouble()).isNull();
      assertThat(log.append(lines(2, 3))).isEqualTo(2);
      assertThat(log.read(0, 9)).containsExactlyElementsOf(bytes(lines(0, 3)));
    }
  }

  private byte[] written(List<Line> lines) throws IOException {
    try (var log = JsonLinesLog.open(folder)) {
      log.append(lines);
    }
    return Files.readAllBytes(file());
  }

  private Path file() {
    return folder.resolve("entries.jsonl");
  }

  private static List<byte[]> bytes(List<Line> lines) {
    return lines.stream().map(Line::bytes).toList();
  }
}
