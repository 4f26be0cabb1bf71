package io.pgscim.applier.guard;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.events.Cause;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan that takes something from more people than may lose something unasked.
 *
 * @param digest of what is taken from whom, SHA-256 in lower-case hex
 * @param people from how many
 * @param holders how many had access when it was held
 * @param allowed how many were allowed to lose something unasked then
 * @param lost how many had lost something already then
 * @param cause of most of it
 * @param decidedBy null, like the time and the reason, while it is held
 */
public record Hold(
    long id,
    String digest,
    Instant since,
    int people,
    int holders,
    int allowed,
    int lost,
    Cause cause,
    State state,
    String decidedBy,
    Instant decidedAt,
    String reason) {
  private static final String BEGIN = Sql.of(Hold.class, "begin_hold");
  private static final String DECIDE = Sql.of(Hold.class, "decide");
  private static final String LOOSEN = Sql.of(Hold.class, "loosen");
  private static final String HOLDS = Sql.of(Hold.class, "holds");
  private static final String NAMED = Sql.of(Hold.class, "hold_named");

  /** What became of it. */
  public enum State {
    HELD,
    APPROVED,
    REJECTED,
    SUPERSEDED
  }

  public Hold {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(state, "state");
  }

  /** Holds everything that waits. */
  public static Hold begin(
      Transaction transaction, String digest, int people, Budget budget, Cause cause) {
    return of(
        transaction
            .ask(
                BEGIN,
                digest,
                people,
                budget.holders(),
                budget.allowed(),
                budget.lost(),
                cause.txn(),
                cause.actor(),
                cause.requestedAt().atOffset(ZoneOffset.UTC),
                cause.traceparent())
            .iterator()
            .next());
  }

  /** Ends every hold that is another plan by now; what it withholds waits to be judged again. */
  public static List<Hold> loosen(Transaction transaction, String by, String reason) {
    return all(transaction.ask(LOOSEN, by, reason));
  }

  /** What it withholds waits to be judged again, without waiting; {@link #loosen} ends it. */
  public void release(Transaction transaction) {
    transaction.send("UPDATE pgscim.withheld SET hold = NULL WHERE hold = $1", Tuple.of(id));
  }

  /** Ends this hold, without waiting. */
  public void decide(Transaction transaction, State end, String by, String why) {
    transaction.send(DECIDE, Tuple.of(id, end.name().toLowerCase(Locale.ROOT), by, why));
  }

  /** Up to so many, those that stand first. */
  public static List<Hold> latest(Session session, int most) {
    return all(session.ask(HOLDS, most));
  }

  /** The latest of this digest. */
  public static Optional<Hold> named(Transaction transaction, String digest) {
    return all(transaction.ask(NAMED, digest)).stream().findFirst();
  }

  static Cause cause(Row row) {
    return new Cause(
        row.getString("txn"),
        row.getString("actor"),
        row.getOffsetDateTime("requested_at").toInstant(),
        row.getString("traceparent"));
  }

  private static List<Hold> all(RowSet<Row> rows) {
    List<Hold> holds = new ArrayList<>();
    rows.forEach(row -> holds.add(of(row)));
    return holds;
  }

  private static Hold of(Row row) {
    OffsetDateTime decided = row.getOffsetDateTime("decided_at");
    return new Hold(
        row.getLong("id"),
        row.getString("digest"),
        row.getOffsetDateTime("since").toInstant(),
        row.getInteger("people"),
        row.getInteger("holders"),
        row.getInteger("allowed"),
        row.getInteger("lost"),
        cause(row),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("decided_by"),
        decided == null ? null : decided.toInstant(),
        row.getString("reason"));
  }
}
