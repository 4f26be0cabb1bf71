package io.pgscim.applier;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.report.Report;
import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.Cause;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Requests without a valid token: counted as they come, told a few times a minute at most. */
final class TurnedAway {
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final AtomicLong missing = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private Instant told = Instant.EPOCH;

  /**
   * One request.
   *
   * @param shown whether it had a token at all
   */
  void count(boolean shown) {
    (shown ? unknown : missing).incrementAndGet();
  }

  /** Tells of those since the last time, if it is time; true when it did. */
  boolean tell(Session session, Outbox outbox, Report report) {
    Instant now = Instant.now();
    if (now.isBefore(told.plus(PERIOD)) || (missing.get() == 0 && unknown.get() == 0)) {
      return false;
    }
    List<OutgoingRecord> records = new ArrayList<>();
    add(records, report, "missing", missing.getAndSet(0), now);
    add(records, report, "unknown", unknown.getAndSet(0), now);
    try (Transaction transaction = session.begin()) {
      transaction.send(outbox.insertSql(), Outbox.parameters(records));
      transaction.commit();
    }
    told = now;
    return true;
  }

  private static void add(
      List<OutgoingRecord> records, Report report, String reason, long count, Instant now) {
    if (count > 0) {
      var cause = new Cause("authentication/" + UUID.randomUUID(), "unknown", now, null);
      records.add(
          report.of(
              new AuthenticationFailed(report.reporter(), "admin", null, reason, count), cause));
    }
  }
}
