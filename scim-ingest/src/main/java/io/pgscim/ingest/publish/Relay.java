package io.pgscim.ingest.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.pgscim.events.Topic;
import io.pgscim.ingest.observe.Traces;
import io.pgscim.messaging.Backlog;
import io.pgscim.messaging.KafkaPublisher;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutboxRelay;
import io.pgscim.messaging.Publisher;
import io.pgscim.messaging.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/**
 * The relay of the directory's outbox. It starts once the topics exist; until then, as whenever the
 * broker is away, pushes go on and rows wait.
 */
@ApplicationScoped
public class Relay {
  /** The outbox beside the directory's tables. */
  public static final Outbox OUTBOX = new Outbox("scim");

  private final Map<String, Object> kafka;
  private final OutboxRelay relay;
  private final RelayMeters meters;
  private volatile Thread starting;
  private volatile boolean started;

  public Relay(
      Pool pool,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      MeterRegistry registry,
      Traces traces) {
    this.kafka = kafka;
    this.meters = new RelayMeters(registry);
    Publisher publisher = new KafkaPublisher("scim-ingest", kafka);
    this.relay = new OutboxRelay(pool, OUTBOX, new TracedPublisher(publisher, traces), meters);
  }

  void start(@Observes StartupEvent event) {
    meters.watch(relay);
    starting =
        Thread.ofVirtual()
            .name("topics")
            .start(
                () -> {
                  try {
                    Topics.create(kafka, List.of(Topic.values()));
                    relay.start();
                    started = true;
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  void stop(@Observes ShutdownEvent event) {
    starting.interrupt();
    meters.close();
    relay.close();
  }

  /** Says that rows were committed. */
  public void wake() {
    relay.wake();
  }

  /** What the relay is at, in a word or two. */
  public String state() {
    if (!started) {
      return "waiting for the broker";
    }
    return relay.leading() ? "leading" : "standing by";
  }

  /** Whether it works, or will once the broker answers; if not, only a restart helps. */
  public boolean alive() {
    return !started || relay.running();
  }

  /** How many keys wait for a record that the broker refuses. */
  public int heldBack() {
    return relay.heldBack();
  }

  /** What waits in the outbox. */
  public Uni<Backlog> backlog() {
    return relay.backlog();
  }
}
