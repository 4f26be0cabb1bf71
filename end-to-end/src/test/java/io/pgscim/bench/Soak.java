package io.pgscim.bench;

import io.pgscim.bench.Trend.Sample;
import io.pgscim.bench.Vitals.Series;
import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Pushes at a steady rate for a long time, to see whether anything grows that should not. The first
 * quarter is not looked at: caches fill and code is compiled.
 *
 * @param rate pushes per second
 */
record Soak(int minutes, int rate) implements Bench.Benchmark {
  private static final int SECONDS_BETWEEN = 10;
  private static final int CONNECTIONS = 16;

  /** Collecting everything is a pause, which at every sample would be seen in the latencies. */
  private static final int HEAPS_EVERY = 6;

  private static final int SHORT_MINUTES = 20;

  Soak {
    if (minutes < 2 || rate < 1) {
      throw new IllegalArgumentException("a soak has at least 2 minutes and 1 push per second");
    }
  }

  @Override
  public List<Measure> run() throws Exception {
    try (Stack stack = Stack.fresh(Policies.groupsThatGiveOneRole(SteadyPushes.GROUPS));
        LoadClient client = new LoadClient(stack.scimPort(), CONNECTIONS)) {
      SteadyPushes pushes = new SteadyPushes(stack);
      pushes.begin(stack, client);
      stack.settle();
      System.err.printf("soak: %d pushes per second for %d minutes%n", rate, minutes);
      Vitals vitals = new Vitals(stack);
      LoadClient.Run run;
      try (var clock = Executors.newSingleThreadScheduledExecutor()) {
        ScheduledFuture<?> sampling =
            clock.scheduleAtFixedRate(
                new Sampling(vitals, minutes >= SHORT_MINUTES ? HEAPS_EVERY : 1),
                SECONDS_BETWEEN,
                SECONDS_BETWEEN,
                TimeUnit.SECONDS);
        run =
            client.atRate(rate, Duration.ofMinutes(minutes), LoadClient.ANY_SUCCESS, pushes::next);
        if (sampling.isDone()) {
          sampling.get();
        }
        sampling.cancel(false);
      }
      stack.settle();
      return measures(run, vitals);
    }
  }

  /** Takes samples; the executor runs it in one thread, and not again after a failure. */
  private static final class Sampling implements Runnable {
    private final Vitals vitals;
    private final int heapsEvery;
    private int turn;

    Sampling(Vitals vitals, int heapsEvery) {
      this.vitals = vitals;
      this.heapsEvery = heapsEvery;
    }

    @Override
    public void run() {
      try {
        vitals.sample();
        if (turn++ % heapsEvery == 0) {
          vitals.sampleHeaps();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<Measure> measures(LoadClient.Run run, Vitals vitals) {
    List<Measure> measures = new ArrayList<>();
    measures.add(Measure.of("minutes", minutes, ""));
    measures.add(Measure.of("pushes per second", run.perSecond(), "1/s"));
    measures.add(Measure.of("push due → answered, median", run.latencies().median(), "ms"));
    measures.add(Measure.of("push due → answered, p99", run.latencies().p99(), "ms"));
    List<String> growing = new ArrayList<>();
    for (Map.Entry<Series, List<Sample>> each : vitals.samples().entrySet()) {
      Series series = each.getKey();
      List<Sample> all = each.getValue();
      Trend trend = Trend.of(all.subList(all.size() / 4, all.size()));
      boolean grows = trend.grows(series.noise());
      if (grows) {
        growing.add(series.name());
      }
      measures.add(Measure.of(series.name() + ", median", trend.median(), series.unit()));
      measures.add(
          Measure.of(
              "… per hour, " + (grows ? "GROWING" : "flat"), trend.perHour(), series.unit()));
    }
    System.err.println("soak: " + (growing.isEmpty() ? "everything is flat" : growing + " grow"));
    measures.add(Measure.of("series that grow", growing.size(), ""));
    return measures;
  }
}
