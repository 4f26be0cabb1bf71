package io.pgscim.audit.consume;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Reading;
import io.pgscim.audit.people.People;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * The door from Kafka: one channel over all topics, one batch in flight. Nothing is committed to
 * Kafka; where to go on stands in the log.
 */
@ApplicationScoped
public class EventConsumer {
  private final Intake intake;

  EventConsumer(AuditLog log, People people) {
    this.intake = new Intake(log, people, Clock.systemUTC(), Duration.ofSeconds(1));
  }

  /** Returns when every record's entry is on disk; the next batch comes after that. */
  @Incoming("events")
  @Blocking
  public void consume(ConsumerRecords<byte[], List<Reading>> polled) throws InterruptedException {
    List<Reading> batch = new ArrayList<>();
    polled.forEach(partition -> batch.addAll(partition.value()));
    intake.take(batch);
  }

  /** When the last entries were made durable by this process; null when none were. */
  public Instant lastAppend() {
    return intake.lastAppend();
  }

  void stop(@Observes ShutdownEvent event) {
    intake.stop();
  }
}
