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

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

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
    Duration pause = FIRST_PAUSE;
    boolean complained = false;
    while (true) {
      try {
        append(batch);
        if (complained) {
          LOG.infof("appending again entries=%d", log.size());
        }
        return;
      } catch (IOException | UncheckedIOException e) {
        if (pause.compareTo(retry) >= 0 && !complained) {
          LOG.errorf(
              "nothing can be appended to the log, trying again every %s: %s",
              retry, e.getMessage());
          complained = true;
        }
      }
      pause(pause);
      pause = pause.multipliedBy(2).compareTo(retry) < 0 ? pause.multipliedBy(2) : retry;
    }
  }

  private void append(List<Received> batch) throws IOException {
    if (log.trouble() != null) {
      log.recover();
    }
    Instant now = clock.instant();
    People.Sealing sealing = people.sealing();
    List<Line> fresh =
        fresh(batch.stream().map(record -> Entries.of(record, now, sealing)).toList());
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
  private List<Line> fresh(List<Line> lines) throws IOException {
    Set<UUID> seen = new HashSet<>(log.holds(lines.stream().map(Line::event).toList()));
    return lines.stream().filter(line -> seen.add(line.event())).toList();
  }

  private synchronized void pause(Duration pause) throws InterruptedException {
    if (!stopped) {
      wait(pause.toMillis());
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
