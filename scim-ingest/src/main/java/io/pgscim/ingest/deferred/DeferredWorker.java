package io.pgscim.ingest.deferred;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.bulk.Await;
import io.pgscim.ingest.directory.Sql;
import io.pgscim.ingest.resources.Answer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does deferred requests, one after the other in the order they came, in plain blocking style.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>One worker is at work: it holds a session advisory lock on the connection it reads with.
 *   <li>What an operation did and its completion commit together, so a request that is found again
 *       after a crash goes on behind the last of its completions.
 *   <li>A request is done when its last completion is durable; its body goes then.
 * </ul>
 */
@ApplicationScoped
public class DeferredWorker {
  private static final Logger LOG = Logger.getLogger(DeferredWorker.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final String LEAD =
      "SELECT pg_try_advisory_lock(hashtextextended('scim.deferred', 0)) AS taken";
  private static final String FIRST = Sql.read(DeferredWorker.class, "first");
  private static final String DONE =
      "UPDATE scim.deferred SET completed = now(), body = NULL WHERE txn = $1";
  private static final String PURGE = "DELETE FROM scim.deferred WHERE completed < $1";

  private final Pool pool;
  private final Execution execution;
  private final Duration retention;
  private final Map<UUID, Waiting> told = new ConcurrentHashMap<>();
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean closed;
  private Thread thread;
  private Instant purged = Instant.EPOCH;

  /** A client that waits for the answer of its own request. */
  private record Waiting(DeferredRequest request, Promise<Answer> answer) {}

  public DeferredWorker(Pool pool, Execution execution, IngestConfig config) {
    this.pool = pool;
    this.execution = execution;
    this.retention = config.limits().completionRetention();
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("deferred-worker").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    closed = true;
    wake();
    thread.join(Duration.ofSeconds(10));
  }

  /** Says that a request was taken in. */
  void wake() {
    wakes.release();
  }

  /** Has the answer told to a client of this process, should this process do the request. */
  void tell(DeferredRequest request, Promise<Answer> answer) {
    told.put(request.txn(), new Waiting(request, answer));
  }

  Future<Void> forget(DeferredRequest request) {
    told.remove(request.txn());
    return Future.succeededFuture();
  }

  private void run() {
    boolean complained = false;
    while (!closed) {
      SqlConnection connection = null;
      try {
        connection = Await.result(pool.getConnection());
        connection.exceptionHandler(lost -> LOG.debugf("connection lost: %s", lost.getMessage()));
        if (Await.result(connection.query(LEAD).execute()).iterator().next().getBoolean("taken")) {
          complained = false;
          work(connection);
        } else {
          pause();
        }
      } catch (RuntimeException e) {
        // The database is away, or somebody else did an operation meanwhile: what waits stays, and
        // the next round finds it.
        if (!complained && !closed) {
          LOG.warnf("deferred requests interrupted, retrying: %s", e.getClass().getSimpleName());
          complained = true;
        }
        pause();
      } finally {
        release(connection);
      }
    }
  }

  private void work(SqlConnection connection) {
    while (!closed) {
      wakes.drainPermits();
      RowSet<Row> first = Await.result(connection.preparedQuery(FIRST).execute());
      if (first.size() == 0) {
        purge(connection);
        pause();
        continue;
      }
      DeferredRequest request = DeferredRequest.of(first.iterator().next());
      Waiting waiting = told.get(request.txn());
      execution.of(
          waiting == null ? request : waiting.request(), waiting == null ? null : waiting.answer());
      Await.result(connection.preparedQuery(DONE).execute(Tuple.of(request.txn())));
    }
  }

  /** Completions are personal data too, by what they point at: they stay for a bounded time. */
  private void purge(SqlConnection connection) {
    Instant now = Instant.now();
    if (purged.plus(Duration.ofMinutes(1)).isBefore(now)) {
      purged = now;
      Await.result(
          connection
              .preparedQuery(PURGE)
              .execute(Tuple.of(now.minus(retention).atOffset(ZoneOffset.UTC))));
    }
  }

  private static void release(SqlConnection connection) {
    if (connection == null) {
      return;
    }
    try {
      // A pooled connection outlives its user: what it locked must be given back.
      Await.result(connection.query("SELECT pg_advisory_unlock_all()").execute());
    } catch (RuntimeException e) {
      LOG.debugf("the lead was lost with its connection: %s", e.getMessage());
    } finally {
      connection.close();
    }
  }

  private void pause() {
    try {
      if (wakes.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
