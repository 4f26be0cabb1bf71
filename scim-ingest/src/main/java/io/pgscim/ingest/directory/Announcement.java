package io.pgscim.ingest.directory;

import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.Event;
import io.pgscim.events.MembershipState;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Transactions.Transaction;
import io.pgscim.ingest.publish.IdentityStates;
import io.pgscim.ingest.publish.Relay;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The events of one write, on their way into the outbox. They travel in front of the write's own
 * statement, as one; a great many go ahead in several, so that memory stays bounded.
 */
final class Announcement {
  private static final int AT_ONCE = 2_000;
  private static final String OUTBOX = Relay.OUTBOX.insertSql();

  private final Source source;
  private final Cause cause;
  private final Instant time;
  private final List<Event> events = new ArrayList<>();

  Announcement(Source source, Cause cause) {
    this.source = source;
    this.cause = cause;
    this.time = Instant.now();
  }

  /** The resource is now like this. */
  Announcement state(Stored stored) {
    IdentityStates.present(
            stored.type(),
            stored.id().toString(),
            stored.source(),
            stored.version(),
            stored.document())
        .ifPresent(events::add);
    return this;
  }

  /** The group's effective members changed, at its version. */
  Announcement memberships(UUID group, long version, Turnover users) {
    users.gone().forEach(user -> membership(group, user, version, false));
    users.come().forEach(user -> membership(group, user, version, true));
    return this;
  }

  /** The resource is gone; its end is a version of its own. */
  Announcement deleted(Stored before) {
    IdentityStates.deleted(
            before.type(), before.id().toString(), before.source(), before.version() + 1)
        .ifPresent(events::add);
    return this;
  }

  private void membership(UUID group, UUID user, long version, boolean present) {
    events.add(MembershipState.of(group.toString(), user.toString(), version, present));
  }

  /** The statement with the outbox insert in front of it. */
  static String with(String sql) {
    return "WITH announced AS (" + OUTBOX + ") " + sql;
  }

  /** The parameters of the outbox insert, for a write that is a statement of its own. */
  Tuple parameters() {
    return parameters(events);
  }

  /** The parameters of an outbox insert of nothing. */
  static Tuple none() {
    return Outbox.parameters(List.of()).getDelegate();
  }

  /**
   * Sends the events and the write's last statement, and commits.
   *
   * @param parameters adds those of the statement
   */
  Future<Void> finish(Transaction tx, String sql, UnaryOperator<Tuple> parameters) {
    int last = Math.max(0, events.size() - 1) / AT_ONCE * AT_ONCE;
    Future<?> ahead = Future.succeededFuture();
    for (int from = 0; from < last; from += AT_ONCE) {
      List<Event> some = events.subList(from, from + AT_ONCE);
      ahead = ahead.compose(sent -> tx.send(OUTBOX, parameters(some)));
    }
    List<Event> rest = events.subList(last, events.size());
    return ahead.compose(sent -> tx.finish(sql, parameters.apply(parameters(rest))));
  }

  /** Sends the events and commits. */
  Future<Void> finish(Transaction tx) {
    return finish(tx, OUTBOX, UnaryOperator.identity());
  }

  private Tuple parameters(List<Event> some) {
    List<OutgoingRecord> records = new ArrayList<>(some.size());
    for (Event event : some) {
      records.add(OutgoingRecord.of(Envelope.of(source.path(), time, cause, event)));
    }
    return Outbox.parameters(records).getDelegate();
  }
}
