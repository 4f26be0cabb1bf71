package io.pgscim.audit;

import io.pgscim.events.Envelope;
import io.pgscim.events.EventJson;
import io.pgscim.events.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer as the other services have one. */
public final class Producing implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;

  public Producing(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  public Future<RecordMetadata> send(Envelope envelope) {
    var record =
        new ProducerRecord<>(
            envelope.type().topic.topicName,
            envelope.event().key(),
            EventJson.write(envelope.event()));
    Headers.of(envelope)
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return producer.send(record);
  }

  public Future<RecordMetadata> sendNoise(String topic, String value) {
    return producer.send(
        new ProducerRecord<>(topic, "noise", value.getBytes(StandardCharsets.UTF_8)));
  }

  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
