package io.pgscim.ingest.access;

import java.util.concurrent.TimeUnit;

/** A token bucket: so many requests at once, and so many a second after that. */
final class Bucket {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filled;

  Bucket(int perSecond, int burst, long now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filled = now;
  }

  /**
   * Takes one.
   *
   * @param now {@link System#nanoTime}
   * @return 0, or the seconds until there is one again
   */
  synchronized int take(long now) {
    fill(now);
    if (tokens >= 1) {
      tokens--;
      return 0;
    }
    return (int) Math.max(1, Math.ceil((1 - tokens) / perSecond));
  }

  /** Takes more for a request that was let in and turns out to be many; leaves a debt. */
  synchronized void charge(int more, long now) {
    fill(now);
    tokens -= more;
  }

  /** Whether nothing was taken that is not filled up again. */
  synchronized boolean full(long now) {
    fill(now);
    return tokens >= burst;
  }

  private void fill(long now) {
    tokens = Math.min(burst, tokens + (now - filled) / NANOS * perSecond);
    filled = now;
  }
}
