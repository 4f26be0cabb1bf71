package io.pgscim.audit.consume;

import io.pgscim.events.Topic;
import io.pgscim.messaging.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that the topics exist with their own settings, whichever service starts first. The
 * service does not wait for it: while the broker is away the log can still be read.
 */
@ApplicationScoped
class TopicsFirst {
  /** What the log is made from. */
  static final List<Topic> TOPICS =
      List.of(Topic.IDENTITY_EVENTS, Topic.ROLE_CHANGES, Topic.SECURITY_EVENTS);

  private final Map<String, Object> kafka;
  private Thread thread;

  TopicsFirst(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("topics").start(this::create);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.interrupt();
  }

  private void create() {
    try {
      Topics.create(kafka, TOPICS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
