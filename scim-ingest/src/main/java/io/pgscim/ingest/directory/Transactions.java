package io.pgscim.ingest.directory;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.function.Function;

/**
 * Transactions in as few round trips as their logic allows: {@code BEGIN} travels with the first
 * statement, {@code COMMIT} with the last.
 */
@ApplicationScoped
public class Transactions {
  /** Deadlock, serialization failure, and a foreign key whose row went while it was looked at. */
  private static final Set<String> PASSING = Set.of("40P01", "40001", "23503");

  private static final int ATTEMPTS = 4;

  private final Pool pool;
  private final Function<Stored, Statement> closing;

  @Inject
  public Transactions(Pool pool) {
    this(pool, null);
  }

  private Transactions(Pool pool, Function<Stored, Statement> closing) {
    this.pool = pool;
    this.closing = closing;
  }

  /** The same, each with a statement more about the resource that it writes. */
  Transactions closing(Function<Stored, Statement> statement) {
    return new Transactions(pool, statement);
  }

  /** One transaction at work. */
  static final class Transaction {
    private final SqlConnection connection;
    private final Function<Stored, Statement> closing;
    private boolean ended;

    private Transaction(SqlConnection connection, Function<Stored, Statement> closing) {
      this.connection = connection;
      this.closing = closing;
    }

    /** Says what is written; a statement about it goes ahead of the last. */
    void writes(Stored stored) {
      if (closing != null) {
        Statement statement = closing.apply(stored);
        send(statement.sql(), statement.parameters());
      }
    }

    /** Sends a statement; the answers come in the order of the statements. */
    Future<RowSet<Row>> send(String sql, Tuple parameters) {
      return connection.preparedQuery(sql).execute(parameters);
    }

    /**
     * Sends the last statement and the commit behind it. When the future completes, what was
     * written is durable; when it fails, nothing was written, or the connection was lost and nobody
     * knows.
     */
    Future<Void> finish(String sql, Tuple parameters) {
      Future<RowSet<Row>> last = send(sql, parameters);
      // Behind a failed statement a COMMIT is a ROLLBACK.
      Future<RowSet<Row>> commit = connection.query("COMMIT").execute();
      ended = true;
      return last.compose(done -> commit).mapEmpty();
    }

    private Future<Void> end() {
      return ended ? Future.succeededFuture() : connection.query("ROLLBACK").execute().mapEmpty();
    }
  }

  /**
   * Does the work in a transaction: committed by {@link Transaction#finish}, rolled back when the
   * work ends without it or fails. Work that met another transaction in the wrong moment is done
   * again, so it must not change anything but the database.
   */
  <T> Future<T> run(Function<Transaction, Future<T>> work) {
    return run(work, 1);
  }

  private <T> Future<T> run(Function<Transaction, Future<T>> work, int attempt) {
    return pool.getConnection()
        .compose(connection -> once(connection, closing, work))
        .recover(
            failure ->
                attempt < ATTEMPTS
                        && failure instanceof PgException refused
                        && PASSING.contains(refused.getSqlState())
                    ? run(work, attempt + 1)
                    : Future.failedFuture(failure));
  }

  private static <T> Future<T> once(
      SqlConnection connection,
      Function<Stored, Statement> closing,
      Function<Transaction, Future<T>> work) {
    connection.query("BEGIN").execute();
    Transaction transaction = new Transaction(connection, closing);
    return applied(work, transaction)
        .eventually(() -> transaction.end())
        .eventually(() -> connection.close());
  }

  private static <T> Future<T> applied(
      Function<Transaction, Future<T>> work, Transaction transaction) {
    try {
      return work.apply(transaction);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
