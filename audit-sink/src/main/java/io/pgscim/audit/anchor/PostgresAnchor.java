package io.pgscim.audit.anchor;

import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The second place in PostgreSQL, as {@code deploy/postgres/audit.sql} makes it. One connection,
 * made when it is needed and given up at the first failure: what it was asked may still be done.
 */
public final class PostgresAnchor implements Anchor {
  private static final Logger LOG = Logger.getLogger(PostgresAnchor.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String LOOK =
      "SELECT epoch, writer, taken_at, size, root, signed_at, note FROM pgscim_audit.anchor"
          + " WHERE origin = $1";
  private static final String TAKE = "SELECT pgscim_audit.take($1, $2, $3)";
  private static final String SWAP = "SELECT pgscim_audit.swap($1, $2, $3, $4, $5, $6, $7, $8, $9)";

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final String origin;
  private PgConnection connection;

  /**
   * @param url {@code postgresql://host:port/database}
   */
  public PostgresAnchor(
      Vertx vertx, String url, String username, Optional<String> password, String origin) {
    this.vertx = vertx;
    this.origin = origin;
    this.options = PgConnectOptions.fromUri(url);
    options.setUser(username);
    password.ifPresent(options::setPassword);
    Map<String, String> properties = new HashMap<>(options.getProperties());
    properties.put("application_name", "pgscim audit-sink");
    properties.put("search_path", "pg_catalog");
    // Shorter than this process waits: what it has given up must not happen much later.
    properties.put("statement_timeout", "4s");
    options
        .setProperties(properties)
        .setConnectTimeout((int) PATIENCE.toMillis())
        .setCachePreparedStatements(true)
        .setTcpKeepAlive(true);
  }

  @Override
  public Anchored look() throws AnchorUnavailable {
    RowSet<Row> rows = ask(LOOK, Tuple.of(origin));
    for (Row row : rows) {
      return new Anchored(
          row.getLong("epoch"),
          row.getString("writer"),
          row.getOffsetDateTime("taken_at").toInstant(),
          head(row));
    }
    return Anchored.NOTHING;
  }

  private Optional<Head> head(Row row) {
    if (row.getLong("size") == null) {
      return Optional.empty();
    }
    var checkpoint =
        new Checkpoint(origin, row.getLong("size"), Hash.of(row.getBuffer("root").getBytes()));
    Instant time = row.getOffsetDateTime("signed_at").toInstant();
    return Optional.of(new Head(checkpoint, time, row.getString("note")));
  }

  @Override
  public boolean take(long seenEpoch, String writer) throws AnchorUnavailable {
    return answer(ask(TAKE, Tuple.of(origin, writer, seenEpoch)));
  }

  @Override
  public boolean swap(long epoch, Optional<Head> from, Head to) throws AnchorUnavailable {
    Tuple parameters = Tuple.of(origin, epoch);
    parameters.addLong(from.map(head -> head.checkpoint().size()).orElse(null));
    parameters.addBuffer(from.map(head -> root(head)).orElse(null));
    parameters.addOffsetDateTime(from.map(head -> time(head)).orElse(null));
    parameters.addLong(to.checkpoint().size());
    parameters.addBuffer(root(to)).addOffsetDateTime(time(to)).addString(to.note());
    return answer(ask(SWAP, parameters));
  }

  private static Buffer root(Head head) {
    return Buffer.buffer(head.checkpoint().root().bytes());
  }

  private static OffsetDateTime time(Head head) {
    return head.time().atOffset(ZoneOffset.UTC);
  }

  private static boolean answer(RowSet<Row> rows) {
    return rows.iterator().next().getBoolean(0);
  }

  private RowSet<Row> ask(String sql, Tuple parameters) throws AnchorUnavailable {
    try {
      if (connection == null) {
        connection = await(PgConnection.connect(vertx, options));
        // Whoever waits for an answer learns of it too; nobody else needs to.
        connection.exceptionHandler(lost -> LOG.debugf("connection lost: %s", lost.getMessage()));
      }
      return await(connection.preparedQuery(sql).execute(parameters));
    } catch (ExecutionException e) {
      close();
      throw unavailable(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      close();
      throw unavailable("no answer for " + PATIENCE.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
  }

  private AnchorUnavailable unavailable(String why, Throwable cause) {
    return new AnchorUnavailable(
        "the anchor at "
            + options.getHost()
            + ":"
            + options.getPort()
            + "/"
            + options.getDatabase()
            + " does not answer: "
            + why,
        cause);
  }

  private static <T> T await(Future<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    return answer
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
