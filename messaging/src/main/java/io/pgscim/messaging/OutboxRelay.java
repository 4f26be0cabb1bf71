package io.pgscim.messaging;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Set;
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
 *   <li>The next rows are read only after something became of all before them, so one key's events
 *       keep their order, and memory holds one {@link Batch} however long the broker is away.
 * </ul>
 */
public final class OutboxRelay implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STANDBY = Duration.ofSeconds(1);

  /**
   * How long {@link #close} waits for acknowledgements; what then is missing stays in the outbox.
   */
  private static final Duration LAST_ROWS = Duration.ofSeconds(2);

  private final Pool pool;
  private final Publisher publisher;
  private final RelayObserver observer;
  private final String outbox;
  private final String next;
  private final String delete;
  private final String backlog;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean closed;
  private volatile boolean leading;
  private volatile Set<String> held = Set.of();
  private volatile Thread thread;

  public OutboxRelay(Pool pool, Outbox outbox, Publisher publisher, RelayObserver observer) {
    this.pool = pool;
    this.publisher = publisher;
    this.observer = observer;
    this.outbox = outbox.schema() + ".outbox";
    this.next = Sql.read("next", this.outbox);
    this.delete = "DELETE FROM " + this.outbox + " WHERE position = ANY ($1::bigint[])";
    this.backlog = Sql.read("backlog", this.outbox);
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

  /** Whether it is at work, leading or standing by; once started it stays so until it is closed. */
  public boolean running() {
    Thread started = thread;
    return started != null && started.isAlive();
  }

  /** How many keys wait for a record that the broker refused. */
  public int heldBack() {
    return held.size();
  }

  /** What waits now. */
  public Uni<Backlog> backlog() {
    return pool.query(backlog)
        .execute()
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Backlog(
                  row.getLong("rows"),
                  Duration.ofMillis(Math.max(0, (long) (row.getDouble("age") * 1000))));
            });
  }

  /**
   * Stops after the rows in flight; when the broker does not acknowledge them in time, they stay in
   * the outbox. The publisher is closed with it.
   */
  @Override
  public synchronized void close() {
    closed = true;
    wake();
    try {
      if (thread != null && !thread.join(LAST_ROWS)) {
        thread.interrupt();
        thread.join(LAST_ROWS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
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
      } catch (InterruptedException e) {
        closed = true;
      } catch (RuntimeException e) {
        // The database is away: rows stay where they are, and the next round finds them.
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

  private void relay(SqlConnection connection) throws InterruptedException {
    CompletableFuture<?> deleted = CompletableFuture.completedFuture(null);
    while (!closed) {
      // Permits left from before the read are answered by it; later ones make the next read follow
      // at once.
      wakes.drainPermits();
      // Sent right behind the delete on the same connection: one round trip for both, and the read
      // sees the delete.
      RowSet<Row> rows = connection.preparedQuery(next).execute().await().indefinitely();
      deleted.join();
      if (rows.size() == 0) {
        pause(POLL);
        continue;
      }
      observer.read(rows.size());
      Batch batch = Batch.send(rows, held, publisher, observer);
      Long[] done = batch.settled(observer);
      deleted =
          connection.preparedQuery(delete).execute(Tuple.of(done)).subscribeAsCompletionStage();
      held = batch.refused();
      if (done.length == 0) {
        // Nothing went through: it may be the publisher itself, and there is no hurry.
        publisher.renew();
        pause(STANDBY);
      } else if (!held.isEmpty()) {
        pause(POLL);
      }
    }
    deleted.join();
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
