package io.pgscim.applier.cluster;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A transaction whose statements travel one behind the other. What is {@link #send sent} is not
 * waited for; if it fails, so does all that follows, and {@link #ask} or {@link #commit} says why.
 *
 * <p>Closing it before the commit was asked for rolls it back.
 */
public final class Transaction implements AutoCloseable {
  private final Session session;
  private final List<CompletableFuture<?>> sent = new ArrayList<>();
  private boolean open = true;

  Transaction(Session session) {
    this.session = session;
    sent.add(session.send("BEGIN"));
  }

  /** Sends statements that take no parameters, without waiting. */
  public void send(String script) {
    sent.add(session.send(script));
  }

  /** Sends a statement, without waiting. */
  public void send(String sql, Tuple parameters) {
    sent.add(session.send(sql, parameters));
  }

  /** The rows of a query, to be taken with {@link #await} later. */
  public CompletableFuture<RowSet<Row>> query(String sql, Tuple parameters) {
    CompletableFuture<RowSet<Row>> rows = session.send(sql, parameters);
    sent.add(rows);
    return rows;
  }

  /** What a {@link #query} brought; what was sent after it is not waited for. */
  public RowSet<Row> await(CompletableFuture<RowSet<Row>> rows) {
    settle(sent.subList(0, sent.indexOf(rows) + 1));
    return Session.await(rows);
  }

  /** The rows of a query. */
  public RowSet<Row> ask(String sql, Object... parameters) {
    return await(query(sql, Tuple.wrap(parameters)));
  }

  /**
   * Runs statements so that their failure undoes no more than themselves.
   *
   * @return why they failed; empty when they did not
   */
  public Optional<PgException> attempt(String script) {
    settle();
    session.run("SAVEPOINT attempt");
    try {
      session.run(script);
      session.run("RELEASE SAVEPOINT attempt");
      return Optional.empty();
    } catch (PgException refused) {
      session.run("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt");
      return Optional.of(refused);
    }
  }

  /**
   * Commits. When this returns, everything sent is durable; when it throws {@link PgException},
   * nothing is; when it throws {@link ClusterUnavailable}, nobody knows yet.
   */
  public void commit() {
    // Behind a failure the server answers COMMIT with ROLLBACK, so it may be sent without looking.
    sent.add(session.send("COMMIT"));
    open = false;
    settle();
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      sent.add(session.send("ROLLBACK"));
    }
  }

  private void settle() {
    settle(sent);
  }

  /** Waits for what was sent first; the first failure is the reason of all later ones. */
  private static void settle(List<CompletableFuture<?>> first) {
    RuntimeException reason = null;
    for (CompletableFuture<?> answer : first) {
      try {
        Session.await(answer);
      } catch (PgException refused) {
        reason = reason == null ? refused : reason;
      }
    }
    first.clear();
    if (reason != null) {
      throw reason;
    }
  }
}
