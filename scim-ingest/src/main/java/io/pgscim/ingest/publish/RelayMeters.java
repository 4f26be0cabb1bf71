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
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The relay in numbers. */
final class RelayMeters implements RelayObserver {
  /** How often what waits is looked at: as fresh as an alert needs it, one cheap query each. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final MeterRegistry registry;
  private final Timer latency;
  private final DistributionSummary batches;
  private final Counter refusals;

  /** What waited at the last look; null while the database does not say. */
  private volatile Backlog backlog;

  private Cancellable looking;

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

  /**
   * Shows what waits for that relay. It is looked at regularly and not when it is asked for,
   * because a scrape may be served by a thread that must not wait for the database.
   */
  void watch(OutboxRelay relay) {
    gauge("pgscim.outbox.depth", "rows", "Events that wait", waiting -> waiting.rows());
    gauge(
        "pgscim.outbox.oldest.age",
        "seconds",
        "How long the oldest event has waited",
        waiting -> waiting.oldest().toMillis() / 1e3);
    Gauge.builder("pgscim.relay.leading", relay, r -> r.leading() ? 1 : 0)
        .description("Whether this instance is the one that publishes")
        .register(registry);
    Gauge.builder("pgscim.relay.held.keys", relay, OutboxRelay::heldBack)
        .description("Keys whose events wait for one that the broker refuses")
        .register(registry);
    looking =
        Multi.createFrom()
            .ticks()
            .every(PACE)
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(tick -> look(relay))
            .subscribe()
            .with(seen -> {});
  }

  /** Looks no more. */
  void close() {
    looking.cancel();
  }

  private Uni<Void> look(OutboxRelay relay) {
    return Uni.createFrom()
        .deferred(relay::backlog)
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithNull()
        .invoke(seen -> backlog = seen)
        .replaceWithVoid();
  }

  private void gauge(
      String name, String unit, String description, ToDoubleFunction<Backlog> value) {
    Gauge.builder(
            name,
            () -> {
              Backlog waiting = backlog;
              return waiting == null ? Double.NaN : value.applyAsDouble(waiting);
            })
        .baseUnit(unit)
        .description(description)
        .register(registry);
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
