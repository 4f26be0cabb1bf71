package io.pgscim.bench;

/**
 * One line of a benchmark.
 *
 * @param value what was measured, in {@code unit}
 * @param beside the limit that ran in the same run, in the same unit; null when there is none
 * @param ratio value / beside; null without one
 */
record Measure(String name, double value, String unit, Double beside, Double ratio) {

  static Measure of(String name, double value, String unit) {
    return new Measure(name, value, unit, null, null);
  }

  static Measure beside(String name, double value, String unit, double limit) {
    return new Measure(name, value, unit, limit, value / limit);
  }
}
