package io.pgscim.ingest.clients;

import io.pgscim.ingest.IngestConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * All secrets that can open something, in memory, so that a request costs no round trip for who
 * sent it. What other instances changed is seen within {@value #POLL_MILLIS} ms; while the database
 * is away nothing changes.
 */
@ApplicationScoped
public class KnownSecrets {
  private static final Logger LOG = Logger.getLogger(KnownSecrets.class);
  private static final String READ = ClientRows.sql("known-secrets");
  private static final long POLL_MILLIS = 500;
  private static final long START_SECONDS = 30;

  private record View(long version, Map<Long, Credential> byHash) {}

  private final Vertx vertx;
  private final Pool pool;
  private final List<Credential> configured;
  private volatile View view = new View(0, Map.of());
  private Future<Void> reading;
  private volatile boolean away;
  private long timer;

  public KnownSecrets(Vertx vertx, Pool pool, IngestConfig config) {
    this.vertx = vertx;
    this.pool = pool;
    this.configured = Configured.secrets(config);
  }

  /** Before anything is served. */
  void start(@Observes @Priority(1) StartupEvent event) throws Exception {
    readAgain().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    if (view.byHash().isEmpty()) {
      LOG.warn(
          "there is no client yet, so every request is answered with 401: make the first one with"
              + " `scim-ingest/admin bootstrap`, or set PGSCIM_ACCESS_TOKEN_SHA256 to the SHA-256"
              + " of a token");
    }
    timer = vertx.setPeriodic(POLL_MILLIS, tick -> look());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  /** The credential with that SHA-256; null when there is none. */
  public Credential find(byte[] hash) {
    // Which bucket is looked into may show in the time it takes; it depends on a hash that nobody
    // can choose without knowing what the secret is. The comparison takes the same time always.
    Credential found = view.byHash().get(bucket(hash));
    return found != null && MessageDigest.isEqual(found.hash(), hash) ? found : null;
  }

  /**
   * Looks at the table once more; a look that is under way serves everybody who asks while it is,
   * however many there are.
   */
  public synchronized Future<Void> look() {
    if (reading == null) {
      reading = readAgain().eventually(this::looked);
    }
    return here(reading);
  }

  private synchronized Future<Void> looked() {
    reading = null;
    return Future.succeededFuture();
  }

  /** Reads what changed; what was committed before this call is known when it completes. */
  Future<Void> readAgain() {
    return pool.preparedQuery(READ)
        .execute(Tuple.of(view.version()))
        .onSuccess(this::take)
        .onFailure(this::away)
        .mapEmpty();
  }

  private void away(Throwable failure) {
    if (!away) {
      away = true;
      LOG.warnf("clients could not be read reason=%s", failure.getClass().getSimpleName());
    }
  }

  private synchronized void take(RowSet<Row> rows) {
    away = false;
    Map<Long, Credential> known = new HashMap<>();
    configured.forEach(credential -> known.put(bucket(credential.hash()), credential));
    long version = 0;
    for (Row row : rows) {
      version = row.getLong("version");
      Buffer hash = row.getBuffer("hash");
      if (hash != null) {
        Credential credential = credential(row, hash.getBytes());
        known.put(bucket(credential.hash()), credential);
      }
    }
    // No rows: nothing changed. Looks may overtake each other: the older one is dropped.
    if (version > view.version()) {
      view = new View(version, known);
    }
  }

  private static Credential credential(Row row, byte[] hash) {
    return new Credential(
        row.getString("source"),
        row.getString("name"),
        row.getUUID("me"),
        row.getUUID("secret"),
        Kind.of(row.getString("kind")),
        hash,
        ClientRows.instant(row, "expires"),
        ClientRows.instant(row, "ends"));
  }

  private static long bucket(byte[] hash) {
    return Buffer.buffer(hash).getLong(0);
  }

  /** A future that completes where its caller runs, not where somebody else began to look. */
  private Future<Void> here(Future<Void> elsewhere) {
    var context = vertx.getOrCreateContext();
    Promise<Void> promise = Promise.promise();
    elsewhere.onComplete(done -> context.runOnContext(now -> promise.handle(done)));
    return promise.future();
  }
}
