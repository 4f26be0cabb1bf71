package io.pgscim.audit.append;

import static io.pgscim.audit.Samples.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.Samples;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.index.WrittenIndex;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.tree.WrittenTree;
import io.pgscim.audit.verify.FolderCheck;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.events.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that the service writes, in one thread, so that the same operations come in the same order:
 * takes records from where the log says, some of them twice, and lets tree and index follow.
 */
final class Writing {
  private static final FileLog.Limits LIMITS = new FileLog.Limits(30_000, 1000);
  private static final int BATCH = 40;
  private static final int TWICE = 5;

  /** Each record with such a number has details that lie beside the log. */
  private static final int LARGE = 177;

  private Writing() {}

  /** In a process of its own: ends at a step, or does all. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int fatal = Integer.parseInt(arguments[2]);
    upTo(
        Integer.parseInt(arguments[1]),
        new Disk(folder) {
          private int steps;

          @Override
          protected void step(String what, Path file) {
            if (++steps == fatal) {
              Runtime.getRuntime().halt(9);
            }
          }
        });
  }

  /** The command that does so. */
  static List<String> command(Path folder, int total, int fatal) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        Writing.class.getName(),
        folder.toString(),
        Integer.toString(total),
        Integer.toString(fatal));
  }

  /** Writes until every record up to that one is an entry, signed and indexed. */
  static void upTo(int total, Disk disk) throws Exception {
    try (var index = new WrittenIndex(disk.path(""));
        var log = FileLog.open(disk, index, LIMITS)) {
      int failures = 0;
      for (int round = 0; log.size() < total; round++) {
        try {
          if (log.trouble() != null) {
            log.recover();
          }
          append(log, total);
          if (round % 2 == 1) {
            follow(disk, log, index);
          }
        } catch (IOException e) {
          // As the service does it: the same again.
          assertThat(++failures).as("failures, the last: %s", e).isLessThan(10);
        }
      }
      try {
        follow(disk, log, index);
      } catch (IOException e) {
        follow(disk, log, index);
      }
    }
  }

  private static void append(AuditLog log, int total) throws IOException {
    List<Line> batch = new ArrayList<>();
    for (int number = 0; number < total && batch.size() < BATCH; number++) {
      if (number >= log.next("identity-events", number % 3) - TWICE * 3) {
        batch.add(record(number));
      }
    }
    Set<UUID> seen = new HashSet<>(log.holds(batch.stream().map(Line::event).toList()));
    log.append(batch.stream().filter(line -> seen.add(line.event())).toList());
  }

  private static void follow(Disk disk, AuditLog log, WrittenIndex index) throws Exception {
    long signed = WrittenTree.follow(disk, log);
    log.covered(signed);
    index.follow(log);
    log.covered(signed);
  }

  private static Line record(int number) {
    if (number % LARGE != LARGE - 1) {
      return Samples.line(number);
    }
    Envelope large = Samples.changed(70_000);
    return Samples.entry(
        Samples.received(
            new Envelope(
                new UUID(7, number + 1),
                large.source(),
                large.time(),
                null,
                large.cause(),
                large.event()),
            number % 3,
            number),
        AT);
  }

  /**
   * Every record is an entry, once, in order; and the whole log has grown out of the checkpoint.
   */
  static void assertWhole(Path folder, int total, String older) throws Exception {
    var key = VerifierKey.parse(Files.readString(folder.resolve("vkey")));
    assertThat(new FolderCheck(folder, key, entries -> {}).check(Optional.of(older)))
        .isInstanceOfSatisfying(
            Verdict.Intact.class,
            intact -> assertThat(intact.checkpoint().size()).isEqualTo(total));
    try (var index = new WrittenIndex(folder);
        var log = FileLog.open(new Disk(folder), index, LIMITS)) {
      assertThat(index.size()).isEqualTo(total);
      List<byte[]> entries = log.read(0, total + 1);
      assertThat(entries).hasSize(total);
      for (int number = 0; number < total; number++) {
        Line record = record(number);
        assertThat(entries.get(number)).as("entry %d", number).isEqualTo(record.bytes());
        if (record.beside() != null) {
          Path beside = folder.resolve("beside/" + Digest.hex(record.beside()) + ".json");
          assertThat(beside).hasBinaryContent(record.beside());
        }
      }
    }
  }
}
