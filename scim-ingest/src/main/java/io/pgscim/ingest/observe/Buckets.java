package io.pgscim.ingest.observe;

import java.time.Duration;
import java.util.stream.LongStream;

/** Where histograms are cut. */
public final class Buckets {
  /** From a millisecond to what only an outage takes. */
  public static final Duration[] LATENCY =
      LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 30_000, 300_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private Buckets() {}
}
