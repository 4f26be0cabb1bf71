package io.pgscim.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether a series grows, noise considered: the median of the slopes between all pairs of samples
 * (Theil and Sen), and how surely there is a slope at all (Mann and Kendall, ties corrected). Both
 * look at order and medians only, so that a few spikes mean nothing.
 *
 * @param median of the samples
 * @param growth by that slope, over the time of all samples
 * @param perHour the slope
 * @param sureness in standard deviations from "no trend"; negative when it falls
 */
record Trend(double median, double growth, double perHour, double sureness) {
  /** One series in a thousand that has no trend would seem to have one. */
  private static final double SURE = 3.1;

  /** What a series may grow by and still be called flat. */
  private static final double SHARE = 0.05;

  /**
   * A value.
   *
   * @param at in seconds, rising
   */
  record Sample(double at, double value) {}

  static Trend of(List<Sample> samples) {
    int n = samples.size();
    if (n < 3) {
      throw new IllegalArgumentException("no trend in " + n + " samples");
    }
    double slope =
        median(
            IntStream.range(0, n)
                .boxed()
                .flatMapToDouble(
                    i ->
                        IntStream.range(i + 1, n)
                            .mapToDouble(j -> slope(samples.get(i), samples.get(j))))
                .toArray());
    return new Trend(
        median(samples.stream().mapToDouble(Sample::value).toArray()),
        slope * (samples.getLast().at() - samples.getFirst().at()),
        slope * 3_600,
        sureness(samples.stream().mapToDouble(Sample::value).toArray()));
  }

  /**
   * @param noise what is no growth in any case, in the unit of the series
   */
  boolean grows(double noise) {
    return sureness > SURE && growth > Math.max(noise, SHARE * median);
  }

  private static double slope(Sample a, Sample b) {
    return (b.value() - a.value()) / (b.at() - a.at());
  }

  private static double sureness(double[] values) {
    int n = values.length;
    double s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        s += Math.signum(values[j] - values[i]);
      }
    }
    double ties =
        Arrays.stream(values)
            .boxed()
            .collect(Collectors.groupingBy(value -> value, Collectors.counting()))
            .values()
            .stream()
            .mapToDouble(Trend::pairs)
            .sum();
    double variance = (pairs(n) - ties) / 18;
    return variance == 0 ? 0 : (s - Math.signum(s)) / Math.sqrt(variance);
  }

  private static double pairs(double n) {
    return n * (n - 1) * (2 * n + 5);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
