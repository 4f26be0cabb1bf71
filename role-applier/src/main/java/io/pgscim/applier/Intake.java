package io.pgscim.applier;

import io.pgscim.applier.apply.Applying;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.consume.Arrival;
import io.pgscim.applier.consume.Batch;
import io.pgscim.applier.consume.BatchReader;
import io.pgscim.applier.consume.BatchReader.Raw;
import io.pgscim.applier.consume.Unreadable;
import io.pgscim.applier.guard.Breaker;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.ledger.News;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.reconcile.Attempts;
import io.pgscim.applier.reconcile.Outcome;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.applier.report.Causes;
import io.pgscim.applier.report.EventCauses;
import io.pgscim.applier.sessions.Revocation;
import io.pgscim.applier.sessions.Revocations;
import io.pgscim.events.Cause;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes records in: ledger, roles and events in one transaction. When it returns, all of that is
 * durable; a record that nothing can be made of is set aside, and never holds up the others.
 */
final class Intake {
  private static final Logger LOG = Logger.getLogger(Intake.class);

  private final Attempts attempts;
  private final Outbox outbox;
  private final Ruling ruling;
  private final boolean observing;
  private final String topic;

  /**
   * @param observing whether roles stay as they are
   */
  Intake(Attempts attempts, Outbox outbox, Ruling ruling, boolean observing, String topic) {
    this.attempts = attempts;
    this.outbox = outbox;
    this.ruling = ruling;
    this.observing = observing;
    this.topic = topic;
  }

  /** Takes what arrived in, in its order. */
  Outcome take(Arrival arrival) {
    return take(arrival.records(), arrival.batch());
  }

  /** Halves what is refused until the record that nothing can be made of stands alone. */
  private Outcome take(List<Raw> records, Batch batch) {
    try {
      return take(batch);
    } catch (PgException refused) {
      if (records.size() > 1) {
        int middle = records.size() / 2;
        return take(records.subList(0, middle)).and(take(records.subList(middle, records.size())));
      }
      LOG.errorf("record refused sqlstate=%s", refused.getSqlState());
      String reason = "PostgreSQL cannot take it in: SQLSTATE " + refused.getSqlState();
      return take(BatchReader.setAside(topic, records.getFirst(), reason));
    }
  }

  private Outcome take(List<Raw> records) {
    return take(records, BatchReader.read(topic, records));
  }

  private Outcome take(Batch batch) {
    return attempts.run((transaction, applying) -> take(transaction, applying, batch));
  }

  private Outcome take(Transaction transaction, Applying applying, Batch batch) {
    News news = Ledger.record(transaction, batch);
    Outcome outcome = Outcome.NOTHING;
    if (!observing && (!news.users().isEmpty() || !news.sessions().isEmpty())) {
      Causes causes = new EventCauses(batch, ruling.wanted());
      outcome = reconcile(transaction, applying, news, causes);
      if (endSessions(transaction, batch, news)) {
        outcome = outcome.and(new Outcome(0, 0, true, false));
      }
    }
    setAside(transaction, news.unreadable());
    return outcome.and(new Outcome(0, news.unreadable().size(), false, false));
  }

  private Outcome reconcile(Transaction transaction, Applying applying, News news, Causes causes) {
    Limits limits = ruling.policy().limits();
    return new People(outbox, ruling)
        .reconcile(
            transaction,
            news.users(),
            causes,
            applying,
            news.users().size() > People.AT_ONCE
                ? Breaker.forSteps(limits)
                : Breaker.forEvents(limits));
  }

  private static boolean endSessions(Transaction transaction, Batch batch, News news) {
    List<Revocation> revocations =
        batch.sessions().stream()
            .filter(sourced -> news.sessions().contains(sourced.state().userId()))
            .map(
                sourced ->
                    new Revocation(
                        sourced.state().userId(),
                        false,
                        List.of(),
                        sourced.state().reason() == null
                            ? "every session was revoked"
                            : sourced.state().reason(),
                        sourced.cause()))
            .toList();
    Revocations.note(transaction, revocations);
    return !revocations.isEmpty();
  }

  private void setAside(Transaction transaction, List<Unreadable> unreadable) {
    List<OutgoingRecord> records = new ArrayList<>();
    for (Unreadable record : unreadable) {
      Cause cause =
          new Cause(
              "dead-letter/" + record.topic() + "/" + record.partition() + "/" + record.offset(),
              ruling.report().reporter(),
              Instant.now(),
              null);
      records.add(ruling.report().copy(record));
      records.add(ruling.report().deadLettered(record, cause));
      LOG.warnf(
          "record set aside partition=%d offset=%d reason=%s",
          record.partition(), record.offset(), record.reason());
    }
    if (!records.isEmpty()) {
      transaction.send(outbox.insertSql(), Outbox.parameters(records));
    }
  }
}
