package io.pgscim.audit.consume;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Entries;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Received;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Puts records into the log, each exactly once. One batch at a time.
 *
 * <p>A batch is taken when its entries are on disk, not before: while the disk is full or failing,
 * the same batch is tried again and nothing behind it is taken, so an entry is late but never
 * missing.
 */
final class Intake {
  private static final Logger LOG = Logger.getLogger(Intake.class);

  private final AuditLog log;
  private final Clock clock;
  private final Duration retry;
  private volatile Instant lastAppend;
  private volatile boolean stopped;

  Intake(AuditLog log, Clock clock, Duration retry) {
    this.log = log;
    this.clock = clock;
    this.retry = retry;
  }

  /**
   * Returns when an entry of every record is on disk.
   *
   * @throws InterruptedException when told to stop before that
   */
  void take(List<Received> batch) throws InterruptedException {
    List<Line> fresh = fresh(batch);
    if (!fresh.isEmpty()) {
      append(fresh);
      lastAppend = clock.instant();
    }
    if (fresh.size() < batch.size()) {
      LOG.debugf("records seen before count=%d", batch.size() - fresh.size());
    }
  }

  /** A relay may send an event twice, and a restart reads records again: the first one counts. */
  private List<Line> fresh(List<Received> batch) {
    Instant now = clock.instant();
    Set<UUID> inBatch = new HashSet<>();
    List<Line> fresh = new ArrayList<>(batch.size());
    for (Received record : batch) {
      Line line = Entries.of(record, now);
      if (!log.holds(line.event()) && inBatch.add(line.event())) {
        fresh.add(line);
      }
    }
    return fresh;
  }

  private void append(List<Line> lines) throws InterruptedException {
    boolean complained = false;
    while (true) {
      try {
        if (log.trouble() != null) {
          log.recover();
        }
        log.append(lines);
        if (complained) {
          LOG.infof("appending again entries=%d", log.size());
        }
        return;
      } catch (IOException e) {
        if (!complained) {
          LOG.errorf(
              "nothing can be appended to the log, trying again every %s: %s",
              retry, e.getMessage());
          complained = true;
        }
      }
      pause();
    }
  }

  private synchronized void pause() throws InterruptedException {
    if (!stopped) {
      wait(retry.toMillis());
    }
    if (stopped) {
      throw new InterruptedException("the service stops");
    }
  }

  /** When the last entries were made durable by this process; null when none were. */
  Instant lastAppend() {
    return lastAppend;
  }

  /** Gives up a batch that waits for the disk; it is read again after the next start. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }
}
