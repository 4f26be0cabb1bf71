package io.pgscim.audit.announce;

import io.pgscim.events.Topic;
import io.pgscim.messaging.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Sends each published checkpoint to {@code audit-checkpoints}, at most one a second: whoever
 * publishes waits for nothing, and while the broker is away or slow only the latest is kept.
 */
@ApplicationScoped
public class CheckpointTopic {
  private static final Logger LOG = Logger.getLogger(CheckpointTopic.class);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Emitter<Record<String, byte[]>> emitter;
  private final Map<String, Object> kafka;
  private final String origin;
  private final AtomicReference<String> latest = new AtomicReference<>();
  private Thread thread;

  CheckpointTopic(
      @Channel("checkpoints") Emitter<Record<String, byte[]>> emitter,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "pgscim.audit.origin") String origin) {
    this.emitter = emitter;
    this.kafka = kafka;
    this.origin = origin;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("checkpoints").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.interrupt();
  }

  /** Takes a published checkpoint to be sent; returns at once. */
  public void published(String note) {
    latest.set(note);
  }

  private void run() {
    try {
      Topics.create(kafka, List.of(Topic.AUDIT_CHECKPOINTS));
      while (true) {
        String note = latest.getAndSet(null);
        if (note != null && !sent(note)) {
          // Unless there is a later one by now.
          latest.compareAndSet(null, note);
        }
        Thread.sleep(PACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean sent(String note) throws InterruptedException {
    try {
      emitter
          .send(Record.of(origin, note.getBytes(StandardCharsets.UTF_8)))
          .toCompletableFuture()
          .get();
      return true;
    } catch (ExecutionException e) {
      LOG.warnf("the latest checkpoint is not sent yet: %s", e.getCause().getMessage());
    } catch (IllegalStateException e) {
      LOG.warnf("the latest checkpoint is not sent yet: %s", e.getMessage());
    }
    return false;
  }
}
