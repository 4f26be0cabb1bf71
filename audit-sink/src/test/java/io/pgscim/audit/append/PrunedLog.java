package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.index.WrittenIndex;
import io.pgscim.audit.retention.Pruning;
import io.pgscim.audit.tree.WrittenTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * A log on disk that is written, signed, indexed and pruned as the service does it, in one thread
 * and with a journal of small segments.
 */
public final class PrunedLog implements AutoCloseable {
  private static final FileLog.Limits LIMITS = new FileLog.Limits(30_000, 1000);
  private static final int BATCH = 50;

  public final FileLog log;
  private final Disk disk;
  private final WrittenIndex index;
  private final Pruning pruning;

  private PrunedLog(Disk disk, Function<Path, Disk> archives) throws Exception {
    this.disk = disk;
    this.index = new WrittenIndex(disk.path(""));
    this.log = FileLog.open(disk, index, LIMITS);
    this.pruning = new Pruning(log, disk, archives, Clock.systemUTC());
  }

  /** Writes a log, prunes it, and gives its verifier key. */
  public static String write(Path folder, Path archive, List<Line> lines, long minimum)
      throws Exception {
    try (var pruned = open(folder)) {
      pruned.append(lines);
      pruned.prune(archive, minimum);
    }
    return Files.readString(folder.resolve("vkey")).strip();
  }

  public static PrunedLog open(Path folder) throws Exception {
    return new PrunedLog(new Disk(folder), Disk::new);
  }

  static PrunedLog open(Disk disk, Function<Path, Disk> archives) throws Exception {
    return new PrunedLog(disk, archives);
  }

  public void append(List<Line> lines) throws Exception {
    for (int at = 0; at < lines.size(); at += BATCH) {
      log.append(lines.subList(at, Math.min(lines.size(), at + BATCH)));
      follow();
    }
  }

  /** Lets tree, index and journal follow. */
  public void follow() throws Exception {
    long signed = WrittenTree.follow(disk, log);
    index.follow(log);
    log.covered(signed);
  }

  /** Finishes what was begun, and prunes up to there. */
  public void prune(Path archive, long minimum) throws Exception {
    follow();
    pruning.resume(index.find(Pruning.NEWEST));
    finish();
    if (pruning.upTo(minimum).entries() > 0) {
      record(archive, minimum);
      finish();
    }
    if (log.first() != minimum) {
      throw new IllegalStateException("pruned up to " + log.first());
    }
  }

  /** Only begins it. */
  public void record(Path archive, long minimum) throws IOException {
    pruning.record(pruning.upTo(minimum), archive, "audit-sink/tester");
  }

  private void finish() throws Exception {
    if (pruning.finish().isPresent()) {
      follow();
      if (pruning.finish().isPresent()) {
        throw new IllegalStateException("signed, and not finished");
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (log) {
      index.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
