package io.pgscim.ingest.access;

import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.RequestsRefused;
import io.pgscim.events.SecurityEvent;
import io.pgscim.ingest.clients.SecurityLog;
import io.pgscim.ingest.logging.Key;
import io.pgscim.ingest.logging.Log;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.json.StrictJson;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells the security log which requests were refused. What repeats within a few seconds is counted,
 * not repeated, so that an attack is one story and not a flood.
 */
@ApplicationScoped
public class Refusals {
  private static final Log LOG = Log.of(Refusals.class);
  private static final long WINDOW_MILLIS = 5_000;

  /** Beyond so many addresses in a window the others are counted together. */
  private static final int MAX_ADDRESSES = 1_000;

  /**
   * @param client its name; null when it did not say, or not truthfully
   * @param authentic whether it is known that the client is who asked
   */
  private record Who(
      String source, String client, boolean authentic, String address, String reason) {
    String actor() {
      return client == null ? "anonymous" : source + "/" + client;
    }
  }

  private record Count(long times, Instant first) {}

  private final Vertx vertx;
  private final Pool pool;
  private final SecurityLog log;
  private Map<Who, Count> window = new HashMap<>();
  private boolean scheduled;

  public Refusals(Vertx vertx, Pool pool, SecurityLog log) {
    this.vertx = vertx;
    this.pool = pool;
    this.log = log;
  }

  /**
   * Counts a request without a valid credential.
   *
   * @param client whose the credential was, while it was valid; null when unknown
   */
  void unauthenticated(String source, String client, String address, String reason) {
    count(new Who(source, client, false, address, reason));
  }

  /** Counts a request of a client that sends more than it may. */
  void tooOften(String source, String client, String address) {
    count(new Who(source, client, true, address, "rate"));
  }

  /**
   * Counts a request of an admitted client that ended in an error, when the error is of a kind that
   * an auditor would want to hear of.
   */
  public void refused(String actor, String address, ScimException error) {
    String kind = kind(error);
    if (kind != null) {
      int slash = actor.indexOf('/');
      count(new Who(actor.substring(0, slash), actor.substring(slash + 1), true, address, kind));
    }
  }

  /**
   * Null for what is part of a client's daily work: not found, taken already, changed meanwhile.
   */
  private static String kind(ScimException error) {
    return switch (error.status()) {
      case 405 -> "method";
      case 408 -> "time";
      case 413 -> "size";
      case 415 -> "media-type";
      case 429 -> "rate";
      case 400 -> {
        if (error.type() == null) {
          yield null;
        }
        yield switch (error.type()) {
          case INVALID_SYNTAX -> StrictJson.LIMITS.equals(error.getMessage()) ? "depth" : "syntax";
          case INVALID_FILTER -> "filter";
          case TOO_MANY -> "cost";
          case INVALID_PATH -> "path";
          default -> null;
        };
      }
      default -> null;
    };
  }

  private synchronized void count(Who one) {
    Who who = one;
    if (window.size() >= MAX_ADDRESSES && !window.containsKey(who)) {
      who = new Who(one.source(), one.client(), one.authentic(), "others", one.reason());
    }
    window.merge(
        who, new Count(1, Instant.now()), (old, more) -> new Count(old.times() + 1, old.first()));
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
    taken().forEach((who, count) -> events.add(envelope(who, count)));
    if (events.isEmpty()) {
      return;
    }
    SecurityLog.insert(pool, events)
        .onSuccess(done -> log.committed())
        .onFailure(
            failure -> LOG.warn("refused requests not recorded", Key.COUNT.is(events.size())));
  }

  private synchronized Map<Who, Count> taken() {
    Map<Who, Count> taken = window;
    window = new HashMap<>();
    scheduled = false;
    return taken;
  }

  private static Envelope envelope(Who who, Count count) {
    LOG.info(
        "requests refused",
        Key.SOURCE.is(who.source()),
        Key.ACTOR.is(who.actor()),
        Key.ADDRESS.is(who.address()),
        Key.REASON.is(who.reason()),
        Key.COUNT.is(count.times()));
    return Envelope.of(
        "/" + SecurityLog.REPORTER,
        Instant.now(),
        new Cause(UUID.randomUUID().toString(), who.actor(), count.first(), null),
        event(who, count.times()));
  }

  private static SecurityEvent event(Who who, long times) {
    return who.authentic()
        ? new RequestsRefused(
            SecurityLog.REPORTER, who.source(), who.client(), who.address(), who.reason(), times)
        : new AuthenticationFailed(
            SecurityLog.REPORTER, who.source(), who.address(), who.reason(), times);
  }
}
