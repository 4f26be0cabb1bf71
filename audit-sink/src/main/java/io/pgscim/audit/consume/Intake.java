package io.pgscim.audit.consume;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Personal;
import io.pgscim.audit.entry.Reading;
import io.pgscim.audit.people.People;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** So many records are worth being shared out. */
  private static final int MANY = 200;

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
  void take(List<Reading> batch) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    boolean complained = false;
    while (true) {
      try {
        append(batch);
        if (complained) {
          LOG.infof("appending again entries=%d", log.size());
        }
        return;
      } catch (IOException e) {
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

  private void append(List<Reading> batch) throws IOException {
    if (log.trouble() != null) {
      log.recover();
    }
    List<Reading> fresh = fresh(batch);
    if (!fresh.isEmpty()) {
      Instant now = clock.instant();
      People.Sealing sealing = people.sealing(people(fresh));
      List<Line> lines = each(fresh).map(reading -> reading.line(now, sealing)).toList();
      sealing.store(lines.stream().map(Line::sealed).filter(Objects::nonNull).toList());
      log.append(lines);
      lastAppend = clock.instant();
    }
    if (fresh.size() < batch.size()) {
      LOG.debugf("records seen before count=%d", batch.size() - fresh.size());
    }
  }

  /** In order; by all processors, where there is something for all of them to do. */
  static <T> Stream<T> each(List<T> all) {
    return all.size() < MANY ? all.stream() : all.parallelStream();
  }

  /** A relay may send an event twice, and a restart reads records again: the first one counts. */
  private List<Reading> fresh(List<Reading> readings) throws IOException {
    Set<UUID> seen = new HashSet<>(log.holds(readings.stream().map(Reading::event).toList()));
    return readings.stream().filter(reading -> seen.add(reading.event())).toList();
  }

  private static Set<String> people(List<Reading> readings) {
    return readings.stream()
        .map(Reading::personal)
        .filter(Objects::nonNull)
        .map(Personal::user)
        .collect(Collectors.toSet());
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
