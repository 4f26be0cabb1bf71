package io.pgscim.audit.consume;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Entries;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Received;
import io.pgscim.audit.people.People;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
  private final People people;
  private final Clock clock;
  private final Duration retry;
  private volatile Instant lastAppend;
  private volatile boolean stopped;

  Intake(AuditLog log, People people, Clock clock, Duration retry) {
    this.log = log;
    this.people = people;
    this.clock = clock;
    this.retry = retry;
  }

  /**
   * Returns when an entry of every record is on disk.
   *
   * @throws InterruptedException when told to stop before that
   */
  void take(List<Received> batch) throws InterruptedException {
    boolean complained = false;
    while (true) {
      try {
        if (log.trouble() != null) {
          log.recover();
        }
        append(batch);
        if (complained) {
          LOG.infof("appending again entries=%d", log.size());
        }
        return;
      } catch (IOException | UncheckedIOException e) {
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

  private void append(List<Received> batch) throws IOException {
    People.Sealing sealing = people.sealing();
    List<Line> fresh = fresh(batch, sealing);
    if (!fresh.isEmpty()) {
      sealing.store(fresh.stream().map(Line::sealed).filter(Objects::nonNull).toList());
      log.append(fresh);
      lastAppend = clock.instant();
    }
    if (fresh.size() < batch.size()) {
      LOG.debugf("records seen before count=%d", batch.size() - fresh.size());
    }
  }

  /** A relay may send an event twice, and a restart reads records again: the first one counts. */
  private List<Line> fresh(List<Received> batch, People.Sealing sealing) {
    Instant now = clock.instant();
    Set<UUID> inBatch = new HashSet<>();
    List<Line> fresh = new ArrayList<>(batch.size());
    for (Received record : batch) {
      Line line = Entries.of(record, now, sealing);
      if (!log.holds(line.event()) && inBatch.add(line.event())) {
        fresh.add(line);
      }
    }
    return fresh;
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
