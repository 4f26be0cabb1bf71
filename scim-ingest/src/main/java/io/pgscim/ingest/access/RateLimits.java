package io.pgscim.ingest.access;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.IngestConfig.SourceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much a client may ask of this instance, and how often an address may fail. */
@ApplicationScoped
public class RateLimits {
  /** Beyond so many addresses the ones that rest are forgotten; then all others share a bucket. */
  private static final int MAX_ADDRESSES = 10_000;

  private final IngestConfig config;
  private final Map<String, Bucket> clients = new ConcurrentHashMap<>();
  private final Map<String, Bucket> failures = new ConcurrentHashMap<>();

  public RateLimits(IngestConfig config) {
    this.config = config;
  }

  /** The bucket of one client. There are as many as clients. */
  Bucket of(String source, String actor) {
    Bucket known = clients.get(actor);
    if (known != null) {
      return known;
    }
    SourceConfig limits = config.sources().get(source);
    return clients.computeIfAbsent(
        actor, first -> new Bucket(limits.rateLimit(), limits.rateBurst(), System.nanoTime()));
  }

  /** Counts a request with a wrong credential; 0, or the seconds until the next one may come. */
  int fail(String address) {
    long now = System.nanoTime();
    if (failures.size() >= MAX_ADDRESSES && !failures.containsKey(address)) {
      failures.values().removeIf(bucket -> bucket.full(now));
    }
    String key =
        failures.size() < MAX_ADDRESSES || failures.containsKey(address) ? address : "others";
    int perSecond = config.access().failuresPerSecond();
    return failures
        .computeIfAbsent(key, first -> new Bucket(perSecond, 5 * perSecond, now))
        .take(now);
  }
}
