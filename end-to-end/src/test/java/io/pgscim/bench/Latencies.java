package io.pgscim.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Durations, kept with three significant digits up to a minute. */
final class Latencies {
  private final Histogram histogram = new Histogram(60_000_000_000L, 3);

  void add(Duration duration) {
    histogram.recordValue(
        Math.max(0, Math.min(duration.toNanos(), histogram.getHighestTrackableValue())));
  }

  long count() {
    return histogram.getTotalCount();
  }

  /** How many were that long, in milliseconds, or longer. */
  long atLeast(double milliseconds) {
    return histogram.getCountBetweenValues(
        (long) (milliseconds * 1e6), histogram.getHighestTrackableValue());
  }

  /** In milliseconds. */
  double median() {
    return histogram.getValueAtPercentile(50) / 1e6;
  }

  /** In milliseconds. */
  double p99() {
    return histogram.getValueAtPercentile(99) / 1e6;
  }
}
