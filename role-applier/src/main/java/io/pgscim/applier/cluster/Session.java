package io.pgscim.applier.cluster;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One connection, used by one thread that waits for its answers. Statements may be sent one behind
 * the other without waiting.
 *
 * <p>Every method throws {@link ClusterUnavailable} when the connection is lost, and {@link
 * PgException} when the server refused a statement.
 */
public final class Session implements AutoCloseable {
  /** A server that has not answered by then is taken for gone. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final Logger LOG = Logger.getLogger(Session.class);

  private final SqlConnection connection;

  private Session(SqlConnection connection) {
    this.connection = connection;
  }

  /** Connects. */
  public static Session open(Vertx vertx, PgConnectOptions options) {
    SqlConnection connection =
        await(PgConnection.connect(vertx, options).subscribeAsCompletionStage());
    // Whoever waits for an answer learns of it too; nobody else needs to.
    connection.exceptionHandler(lost -> LOG.debugf("connection lost: %s", lost.getMessage()));
    return new Session(connection);
  }

  /** The rows of a query. */
  public RowSet<Row> ask(String sql, Object... parameters) {
    return await(send(sql, Tuple.wrap(parameters)));
  }

  /** Runs statements that take no parameters and whose rows nobody needs. */
  public void run(String script) {
    await(send(script));
  }

  /** Begins a transaction; the next statement carries the BEGIN with it. */
  public Transaction begin() {
    return new Transaction(this);
  }

  CompletableFuture<?> send(String script) {
    return connection.query(script).execute().subscribeAsCompletionStage();
  }

  CompletableFuture<RowSet<Row>> send(String sql, Tuple parameters) {
    Uni<RowSet<Row>> answer = connection.preparedQuery(sql).execute(parameters);
    return answer.subscribeAsCompletionStage();
  }

  @Override
  public void close() {
    try {
      connection.close().await().atMost(FAREWELL);
    } catch (RuntimeException lost) {
      LOG.debugf("closing a connection that was lost: %s", lost.getMessage());
    }
  }

  /** What the future brings. */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw explained(e.getCause() == null ? e : e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new ClusterUnavailable("the server has not answered for " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailable("interrupted", e);
    }
  }

  private static RuntimeException explained(Throwable cause) {
    return switch (cause) {
      case PgException refused when SqlStates.isConnectionLost(refused) ->
          new ClusterUnavailable(refused.getErrorMessage(), refused);
      case PgException refused -> refused;
      case VertxException lost -> new ClusterUnavailable(lost.getMessage(), lost);
      case IOException lost -> new ClusterUnavailable(lost.getMessage(), lost);
      case TimeoutException lost -> new ClusterUnavailable("no answer in time", lost);
      case RuntimeException other -> other;
      default -> new ClusterUnavailable(cause.getMessage(), cause);
    };
  }
}
