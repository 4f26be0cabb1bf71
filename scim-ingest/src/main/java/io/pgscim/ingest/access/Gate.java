package io.pgscim.ingest.access;

import io.pgscim.ingest.access.Outcome.Admitted;
import io.pgscim.ingest.access.Outcome.Ambiguous;
import io.pgscim.ingest.access.Outcome.Outside;
import io.pgscim.ingest.access.Outcome.TooMany;
import io.pgscim.ingest.access.Outcome.TurnedAway;
import io.pgscim.ingest.clients.Client;
import io.pgscim.ingest.clients.Credential;
import io.pgscim.ingest.clients.Kind;
import io.pgscim.ingest.clients.KnownSecrets;
import io.pgscim.ingest.clients.LastUse;
import io.pgscim.ingest.clients.SecretText;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Judges each request by where it comes from and the bearer token that it brings (RFC 6750 §2.1). A
 * valid token is known in memory, whatever others do at the same address.
 */
@ApplicationScoped
public class Gate {
  private static final String BEARER = "Bearer ";
  private static final Set<Kind> BEARER_KINDS = EnumSet.of(Kind.TOKEN, Kind.ACCESS);

  /** Longest Authorization header that is looked at. */
  private static final int MAX_HEADER = 4_096;

  private final Sources sources;
  private final KnownSecrets known;
  private final LastUse lastUse;
  private final RateLimits limits;
  private final Refusals refusals;

  public Gate(
      Sources sources, KnownSecrets known, LastUse lastUse, RateLimits limits, Refusals refusals) {
    this.sources = sources;
    this.known = known;
    this.lastUse = lastUse;
    this.limits = limits;
    this.refusals = refusals;
  }

  /**
   * Judges a request; what is not admitted is in the security log already. Completes at once for
   * every token that is known; for an unknown one the clients are looked up once more, together
   * with all others that wait for that.
   *
   * @param source what is addressed: a SCIM source, or {@link Client#ADMIN}
   * @param address where the request comes from
   * @param headers every Authorization header that it has; a proxy in front may have looked at
   *     another one than we would
   */
  public Future<Outcome> judge(String source, String address, List<String> headers) {
    if (!sources.allows(source, address)) {
      refusals.unauthenticated(source, null, address, "network");
      return Future.succeededFuture(new Outside());
    }
    if (headers.size() > 1) {
      Outcome failed = failed(source, address, "ambiguous");
      return Future.succeededFuture(failed instanceof TooMany ? failed : new Ambiguous());
    }
    String authorization = headers.isEmpty() ? "" : headers.getFirst();
    if (authorization.length() > MAX_HEADER
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Future.succeededFuture(failed(source, address, "missing"));
    }
    byte[] hash = SecretText.hash(authorization.substring(BEARER.length()).strip());
    return judge(source, address, hash, BEARER_KINDS)
        .map(judged -> judged.credential() == null ? judged.outcome() : admitted(judged, address));
  }

  /**
   * Judges a request, without a credential, for what whoever may ask at all may read: how to
   * authenticate (RFC 7643 §5).
   */
  public Outcome judgeAnyone(String source, String address) {
    if (!sources.allows(source, address)) {
      refusals.unauthenticated(source, null, address, "network");
      return new Outside();
    }
    return new Admitted(source + "/anyone", null, more -> {});
  }

  /**
   * Judges a client that asks for an access token (RFC 6749 §2.3.1).
   *
   * @param clientId {@code <source>/<client>}
   * @param secret its client secret
   */
  public Future<Judged> judgeClient(String clientId, String secret, String address) {
    int slash = clientId.indexOf('/');
    String source = slash < 0 ? "" : clientId.substring(0, slash);
    if (!sources.has(source) && !source.equals(Client.ADMIN)) {
      return Future.succeededFuture(new Judged(null, failed("default", address, "unknown")));
    }
    if (!sources.allows(source, address)) {
      refusals.unauthenticated(source, null, address, "network");
      return Future.succeededFuture(new Judged(null, new Outside()));
    }
    return judge(source, address, SecretText.hash(secret), EnumSet.of(Kind.SECRET))
        .map(judged -> judged.credential() == null ? judged : ofClient(clientId, judged, address));
  }

  private Judged ofClient(String clientId, Judged judged, String address) {
    Credential credential = judged.credential();
    if (!credential.actor().equals(clientId)) {
      return new Judged(null, failed(credential.source(), address, "unknown"));
    }
    return admitted(judged, address) instanceof TooMany wait ? new Judged(null, wait) : judged;
  }

  /**
   * A credential that is good, or what is to be said instead.
   *
   * @param credential null when there is an outcome
   */
  public record Judged(Credential credential, Outcome outcome) {}

  private Future<Judged> judge(String source, String address, byte[] hash, Set<Kind> kinds) {
    Credential found = known.find(hash);
    if (found != null) {
      return Future.succeededFuture(judged(found, source, address, kinds));
    }
    int wait = limits.fail(address);
    if (wait > 0) {
      refusals.unauthenticated(source, null, address, "unknown");
      return Future.succeededFuture(new Judged(null, new TooMany(wait)));
    }
    // Another instance may have issued it a moment ago.
    return known.look().map(done -> judged(known.find(hash), source, address, kinds));
  }

  private Judged judged(Credential found, String source, String address, Set<Kind> kinds) {
    boolean fits = found != null && found.source().equals(source) && kinds.contains(found.kind());
    String invalid = fits ? found.invalid(Instant.now()) : "unknown";
    if (invalid != null) {
      refusals.unauthenticated(source, fits ? found.client() : null, address, invalid);
      return new Judged(null, new TurnedAway(invalid));
    }
    lastUse.note(found);
    return new Judged(found, null);
  }

  private Outcome admitted(Judged judged, String address) {
    Credential credential = judged.credential();
    Bucket bucket = limits.of(credential.source(), credential.actor());
    int wait = bucket.take(System.nanoTime());
    if (wait > 0) {
      refusals.tooOften(credential.source(), credential.client(), address);
      return new TooMany(wait);
    }
    return new Admitted(
        credential.actor(), credential.me(), more -> bucket.charge(more, System.nanoTime()));
  }

  private Outcome failed(String source, String address, String reason) {
    refusals.unauthenticated(source, null, address, reason);
    int wait = limits.fail(address);
    return wait > 0 ? new TooMany(wait) : new TurnedAway(reason);
  }
}
