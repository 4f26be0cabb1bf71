package io.pgscim.audit.append;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.command.Run;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.index.WrittenIndex;
import io.pgscim.audit.tree.WrittenTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is changed in journal or state of a log is found by {@code audit verify}, and named. */
class TamperedJournalIT {
  private static final FileLog.Limits SMALL = new FileLog.Limits(50_000, 100_000);
  @TempDir Path folder;
  private String key;

  @BeforeEach
  void write() throws Exception {
    var disk = new Disk(folder);
    try (var index = new WrittenIndex(folder);
        var log = FileLog.open(disk, index, SMALL)) {
      for (int first = 0; first < 1000; first += 50) {
        log.append(lines(first, first + 50));
      }
      index.follow(log);
      WrittenTree.follow(disk, log);
      key = Files.readString(folder.resolve("vkey")).strip();
      log.append(lines(1000, 1050));
    }
    assertThat(folder.resolve("state")).exists();
  }

  @Test
  void anUntouchedLogIsIntactAlsoWhereItIsNotSignedYet() throws IOException {
    assertThat(verify(0)).startsWith("intact: 1000 entries");

    Path last = segment();
    byte[] bytes = Files.readAllBytes(last);
    Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    verify(0);
  }

  @Test
  void everyByteOfTheStateIsCovered() throws IOException {
    int length = Files.readAllBytes(folder.resolve("state")).length;
    for (int at = 0; at < length; at++) {
      flip(folder.resolve("state"), at);
      assertThat(verify(1)).as("byte %d", at).startsWith("broken: state: ");
      flip(folder.resolve("state"), at);
    }
    verify(0);
  }

  @Test
  void aChangedByteOfTheJournalIsFoundInItsWrite() throws IOException {
    Path segment = segment();
    int length = Files.readAllBytes(segment).length;
    for (int at = 10; at < length - 30_000; at += 997) {
      flip(segment, at);
      assertThat(verify(1))
          .as("byte %d", at)
          .startsWith("broken: journal/" + segment.getFileName() + ": the write at byte ");
      flip(segment, at);
    }
  }

  @Test
  void aMissingSegmentIsFound() throws IOException {
    try (var segments = Files.list(folder.resolve("journal"))) {
      Files.delete(segments.sorted().findFirst().orElseThrow());
    }

    assertThat(verify(1)).startsWith("broken: state: says that the journal begins with entry ");
  }

  private Path segment() throws IOException {
    try (var segments = Files.list(folder.resolve("journal"))) {
      return segments.sorted().reduce((one, later) -> later).orElseThrow();
    }
  }

  private String verify(int code) {
    return Run.out(code, "verify", folder, "--key", key);
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
