package io.pgscim.ingest.clients;

import io.pgscim.events.Cause;
import io.pgscim.events.CredentialExpiring;
import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.directory.Ids;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Announces once a day, on one of the instances, which secrets are about to expire. One that was
 * rotated and has its end is on its way out anyway.
 */
@ApplicationScoped
public class ExpiryWarnings {
  private static final Logger LOG = Logger.getLogger(ExpiryWarnings.class);
  private static final String EXPIRING = ClientRows.sql("expiring");
  private static final long FIRST = TimeUnit.SECONDS.toMillis(10);
  private static final long PERIOD = TimeUnit.MINUTES.toMillis(10);

  private final Vertx vertx;
  private final Pool pool;
  private final SecurityLog log;
  private final Duration ahead;
  private long timer;

  public ExpiryWarnings(Vertx vertx, Pool pool, SecurityLog log, IngestConfig config) {
    this.vertx = vertx;
    this.pool = pool;
    this.log = log;
    this.ahead = config.access().expiryWarning();
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(FIRST, PERIOD, tick -> announce());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  /** Announces what is due; completes with how many that were. */
  public Future<Integer> announce() {
    Instant now = Instant.now();
    Cause cause = new Cause(Ids.next().toString(), "schedule", now, null);
    return pool.withTransaction(
            tx ->
                tx.preparedQuery(EXPIRING)
                    .execute(Tuple.of(ClientRows.at(now), ClientRows.at(now.plus(ahead))))
                    .compose(
                        rows -> {
                          List<CredentialExpiring> events = new ArrayList<>();
                          rows.forEach(row -> events.add(event(row)));
                          return log.add(tx, cause, events).map(events.size());
                        }))
        .onSuccess(count -> log.committed())
        .onFailure(
            failure ->
                LOG.warnf(
                    "expiring secrets could not be announced reason=%s",
                    failure.getClass().getSimpleName()));
  }

  private static CredentialExpiring event(Row row) {
    return new CredentialExpiring(
        SecurityLog.REPORTER,
        row.getString("source"),
        row.getString("name"),
        row.getUUID("id").toString(),
        row.getString("kind"),
        ClientRows.instant(row, "expires"));
  }
}
