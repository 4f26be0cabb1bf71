package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.Event;
import io.pgscim.messaging.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Identity events put on the topic directly, as any service beside scim-ingest may do it. */
final class Published implements AutoCloseable {
  private static final String LEDGER =
      "SELECT coalesce(sum(next_offset), 0) FROM pgscim.ledger_position WHERE topic = 'identity-events'";

  private final Stack stack;
  private final KafkaProducer<String, byte[]> producer;

  Published(Stack stack) {
    this.stack = stack;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.topics().bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  void send(Event event) {
    Instant now = Instant.now();
    OutgoingRecord record =
        OutgoingRecord.of(
            new Envelope(
                UUID.randomUUID(),
                "/bench",
                now,
                null,
                new Cause("bench/" + UUID.randomUUID(), "bench", now, null),
                event));
    var out = new ProducerRecord<>(record.topic(), record.key(), record.payload());
    record
        .headers()
        .forEach((name, value) -> out.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(out);
  }

  /** Waits until everything on the topic is in the ledger, which commits with the roles. */
  void awaitApplied() throws InterruptedException {
    producer.flush();
    long all = stack.topics().written("identity-events");
    var home = stack.cluster().in("pgscim");
    while (Long.parseLong(home.list(LEDGER).getFirst()) < all) {
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
