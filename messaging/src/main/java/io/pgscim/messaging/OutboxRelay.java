package io.pgscim.messaging;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Moves an outbox to Kafka: reads rows in order, publishes them, deletes them once the broker has
 * them all.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>One relay per outbox is at work: it holds a session advisory lock on the connection it
 *       reads and deletes with, so that losing the connection is losing the lead.
 *   <li>A row is deleted after its acknowledgement. A crash between the two publishes it again,
 *       under the same event id; nothing is ever skipped, because rows are taken by presence, not
 *       by a cursor that a late commit could undercut.
 *   <li>The next rows are read only after all before them were acknowledged, so one key's events
 *       keep their order.
 * </ul>
 */
public final class OutboxRelay implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 256;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STANDBY = Duration.ofSeconds(1);

  private final Pool pool;
  private final Publisher publisher;
  private final String outbox;
  private final String select;
  private final String delete;
  private final String count;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean closed;
  private volatile boolean leading;
  private Thread thread;

  public OutboxRelay(Pool pool, Outbox outbox, Publisher publisher) {
    this.pool = pool;
    this.publisher = publisher;
    this.outbox = outbox.schema() + ".outbox";
    this.select =
        "SELECT position, id, aggregatetype, aggregateid, type, headers, payload FROM "
            + this.outbox
            + " ORDER BY position LIMIT "
            + BATCH;
    this.delete = "DELETE FROM " + this.outbox + " WHERE position = ANY ($1::bigint[])";
    this.count =
        "SELECT count(*) AS rows, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS age FROM "
            + this.outbox;
  }

  /** Starts relaying; a second call does nothing. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("outbox-relay").start(this::run);
    }
  }

  /** Says that rows were committed: the relay looks at once instead of at its next poll. */
  public void wake() {
    wakes.release();
  }

  /** Whether this process is the one that relays. */
  public boolean leading() {
    return leading;
  }

  /** What waits now. */
  public Uni<Backlog> backlog() {
    return pool.query(count)
        .execute()
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Backlog(
                  row.getLong("rows"),
                  Duration.ofMillis(Math.max(0, (long) (row.getDouble("age") * 1000))));
            });
  }

  /** Stops after the rows in flight. */
  @Override
  public synchronized void close() {
    closed = true;
    wake();
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    boolean complained = false;
    while (!closed) {
      SqlConnection connection = null;
      try {
        connection = pool.getConnection().await().indefinitely();
        // The next answer waited for says so too; without a handler it would be printed.
        connection.exceptionHandler(lost -> LOG.debugf("connection lost: %s", lost.getMessage()));
        if (takeLead(connection)) {
          complained = false;
          // The planner knows the table as empty: it would walk through a backlog, row by row, for
          // each of its batches.
          connection.query("SET enable_seqscan = off").execute().await().indefinitely();
          leading = true;
          relay(connection);
        } else {
          pause(STANDBY);
        }
      } catch (RuntimeException e) {
        // The database or the broker is away: rows stay where they are, and the next round finds
        // them.
        if (!complained && !closed) {
          LOG.warnf("outbox relay interrupted, retrying every %s: %s", STANDBY, e.getMessage());
          complained = true;
        }
        pause(STANDBY);
      } finally {
        leading = false;
        release(connection);
      }
    }
  }

  private boolean takeLead(SqlConnection connection) {
    return connection
        .preparedQuery("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken")
        .execute(Tuple.of(outbox))
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getBoolean("taken");
  }

  private void relay(SqlConnection connection) {
    CompletableFuture<?> deleted = CompletableFuture.completedFuture(null);
    while (!closed) {
      // Permits left from before the read are answered by it; later ones make the next read follow
      // at once.
      wakes.drainPermits();
      // Sent right behind the delete on the same connection: one round trip for both, and the read
      // sees the delete.
      List<Row> rows = new ArrayList<>();
      connection.preparedQuery(select).execute().await().indefinitely().forEach(rows::add);
      deleted.join();
      if (rows.isEmpty()) {
        pause(POLL);
        continue;
      }
      publish(rows);
      Long[] positions = rows.stream().map(row -> row.getLong("position")).toArray(Long[]::new);
      deleted =
          connection
              .preparedQuery(delete)
              .execute(Tuple.of(positions))
              .subscribeAsCompletionStage();
    }
    deleted.join();
  }

  private void publish(List<Row> rows) {
    String recordedAt = Instant.now().toString();
    List<CompletableFuture<Void>> acknowledged = new ArrayList<>(rows.size());
    for (Row row : rows) {
      acknowledged.add(publisher.publish(record(row, recordedAt)).subscribeAsCompletionStage());
    }
    CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)).join();
  }

  /**
   * The row's commit is done, or it would not be visible: now is when the event counts as recorded.
   */
  private static OutgoingRecord record(Row row, String recordedAt) {
    Map<String, String> headers = new LinkedHashMap<>();
    JsonObject stored = row.getJsonObject("headers");
    stored.fieldNames().forEach(name -> headers.put(name, stored.getString(name)));
    headers.put("ce_recordedtime", recordedAt);
    return new OutgoingRecord(
        row.getUUID("id"),
        row.getString("aggregatetype"),
        row.getString("aggregateid"),
        row.getString("type"),
        headers,
        row.getBuffer("payload").getBytes());
  }

  private void release(SqlConnection connection) {
    if (connection == null) {
      return;
    }
    try {
      // A pooled connection outlives its user: what it locked must be given back by name.
      connection
          .query("SELECT pg_advisory_unlock_all(); RESET enable_seqscan")
          .execute()
          .await()
          .atMost(Duration.ofSeconds(5));
    } catch (RuntimeException e) {
      LOG.debugf("the lead was lost with its connection: %s", e.getMessage());
    } finally {
      connection.closeAndForget();
    }
  }

  private void pause(Duration time) {
    try {
      if (wakes.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
