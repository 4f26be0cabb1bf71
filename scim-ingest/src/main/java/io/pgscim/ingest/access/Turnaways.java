package io.pgscim.ingest.access;

import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.logging.Key;
import io.pgscim.ingest.logging.Log;
import io.pgscim.ingest.publish.Relay;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells the security log who was turned away. What repeats within a few seconds is counted, not
 * repeated, so that guessing tokens cannot flood it.
 */
@ApplicationScoped
public class Turnaways {
  private static final Log LOG = Log.of(Turnaways.class);
  private static final long WINDOW_MILLIS = 5_000;

  /** Beyond so many addresses in a window the others are counted together. */
  private static final int MAX_ADDRESSES = 1_000;

  private record Who(Source source, String address, String reason) {}

  private record Count(long times, Instant first) {}

  private final Vertx vertx;
  private final Pool pool;
  private final Relay relay;
  private Map<Who, Count> window = new HashMap<>();
  private boolean scheduled;

  public Turnaways(Vertx vertx, Pool pool, Relay relay) {
    this.vertx = vertx;
    this.pool = pool;
    this.relay = relay;
  }

  /** Counts one request. */
  public synchronized void count(Source source, String address, String reason) {
    Who who = new Who(source, address, reason);
    if (window.size() >= MAX_ADDRESSES && !window.containsKey(who)) {
      who = new Who(source, "others", reason);
    }
    window.merge(
        who, new Count(1, Instant.now()), (old, one) -> new Count(old.times() + 1, old.first()));
    if (!scheduled) {
      scheduled = true;
      vertx.setTimer(WINDOW_MILLIS, timer -> tell());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    tell();
  }

  private void tell() {
    List<Envelope> events = new ArrayList<>();
    taken().forEach((who, count) -> events.add(event(who, count)));
    if (events.isEmpty()) {
      return;
    }
    Relay.OUTBOX
        .add(pool, events)
        .subscribe()
        .with(
            done -> relay.wake(),
            failure -> LOG.warn("refused requests not recorded", Key.COUNT.is(events.size())));
  }

  private synchronized Map<Who, Count> taken() {
    Map<Who, Count> taken = window;
    window = new HashMap<>();
    scheduled = false;
    return taken;
  }

  private static Envelope event(Who who, Count count) {
    LOG.info(
        "requests turned away",
        Key.SOURCE.is(who.source().name()),
        Key.ADDRESS.is(who.address()),
        Key.REASON.is(who.reason()),
        Key.COUNT.is(count.times()));
    return Envelope.of(
        who.source().path(),
        Instant.now(),
        new Cause(UUID.randomUUID().toString(), "anonymous", count.first(), null),
        new AuthenticationFailed(
            "scim-ingest", who.source().name(), who.address(), who.reason(), count.times()));
  }
}
