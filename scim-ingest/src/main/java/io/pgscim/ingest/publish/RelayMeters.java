package io.pgscim.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pgscim.ingest.observe.Buckets;
import io.pgscim.messaging.Backlog;
import io.pgscim.messaging.OutboxRelay;
import io.pgscim.messaging.RelayObserver;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The relay in numbers. */
final class RelayMeters implements RelayObserver {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final MeterRegistry registry;
  private final Timer latency;
  private final DistributionSummary batches;
  private final Counter refusals;
  private Backlog backlog;
  private long looked = System.nanoTime() - FRESH.toNanos();

  RelayMeters(MeterRegistry registry) {
    this.registry = registry;
    this.latency =
        Timer.builder("pgscim.publish.latency")
            .description("From an event's insert into the outbox to the broker's acknowledgement")
            .serviceLevelObjectives(Buckets.LATENCY)
            .register(registry);
    this.batches =
        DistributionSummary.builder("pgscim.relay.batch")
            .description("Events published together")
            .baseUnit("rows")
            .serviceLevelObjectives(1, 4, 16, 64, 255)
            .register(registry);
    this.refusals =
        Counter.builder("pgscim.relay.refusals")
            .description("Records that the broker did not take; each is offered again")
            .register(registry);
  }

  /** Shows what waits for that relay. */
  void watch(OutboxRelay relay) {
    gauge("pgscim.outbox.depth", "rows", "Events that wait", relay, waiting -> waiting.rows());
    gauge(
        "pgscim.outbox.oldest.age",
        "seconds",
        "How long the oldest event has waited",
        relay,
        waiting -> waiting.oldest().toMillis() / 1e3);
    Gauge.builder("pgscim.relay.leading", relay, r -> r.leading() ? 1 : 0)
        .description("Whether this instance is the one that publishes")
        .register(registry);
    Gauge.builder("pgscim.relay.held.keys", relay, OutboxRelay::heldBack)
        .description("Keys whose events wait for one that the broker refuses")
        .register(registry);
  }

  private void gauge(
      String name,
      String unit,
      String description,
      OutboxRelay relay,
      ToDoubleFunction<Backlog> value) {
    Gauge.builder(
            name,
            () -> {
              Backlog waiting = backlog(relay);
              return waiting == null ? Double.NaN : value.applyAsDouble(waiting);
            })
        .baseUnit(unit)
        .description(description)
        .register(registry);
  }

  /** One look serves every gauge of a scrape, and every scrape of a second; null when in vain. */
  private synchronized Backlog backlog(OutboxRelay relay) {
    if (System.nanoTime() - looked >= FRESH.toNanos()) {
      try {
        backlog = relay.backlog().await().atMost(FRESH);
      } catch (RuntimeException databaseAway) {
        backlog = null;
      }
      looked = System.nanoTime();
    }
    return backlog;
  }

  @Override
  public void read(int rows) {
    batches.record(rows);
  }

  @Override
  public void acknowledged(Duration took) {
    latency.record(took);
  }

  @Override
  public void refused() {
    refusals.increment();
  }
}
