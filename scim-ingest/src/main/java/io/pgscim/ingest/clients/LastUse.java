package io.pgscim.ingest.clients;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** When each secret was last used: noted in memory, written once a minute for all. */
@ApplicationScoped
public class LastUse {
  private static final Logger LOG = Logger.getLogger(LastUse.class);
  private static final String NOTE = ClientRows.sql("note-use");
  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  private final Vertx vertx;
  private final Pool pool;
  private final Map<UUID, Long> used = new ConcurrentHashMap<>();
  private long timer;

  public LastUse(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(MINUTE, tick -> write());
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    vertx.cancelTimer(timer);
    try {
      write().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("the last uses of secrets were not recorded");
    }
  }

  /** Notes that a credential opened something. */
  public void note(Credential credential) {
    if (credential.secret() != null) {
      used.put(credential.secret(), System.currentTimeMillis());
    }
  }

  /** Writes what was noted. What fails is noted again with the next use. */
  public Future<Void> write() {
    Map<UUID, Long> noted = new HashMap<>(used);
    if (noted.isEmpty()) {
      return Future.succeededFuture();
    }
    noted.forEach(used::remove);
    UUID[] ids = noted.keySet().toArray(UUID[]::new);
    OffsetDateTime[] times =
        noted.values().stream()
            .map(millis -> ClientRows.at(Instant.ofEpochMilli(millis)))
            .toArray(OffsetDateTime[]::new);
    return pool.preparedQuery(NOTE).execute(Tuple.of((Object) ids, (Object) times)).mapEmpty();
  }
}
