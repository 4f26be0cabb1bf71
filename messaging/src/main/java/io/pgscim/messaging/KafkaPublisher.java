package io.pgscim.messaging;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes with one idempotent producer that never gives up on a record: one that gave up and went
 * on would reorder a key. While the broker is away it holds what it was given, at most {@code
 * buffer.memory}, and then makes its caller wait.
 */
public final class KafkaPublisher implements Publisher {
  private static final Map<String, Object> PROMISE =
      Map.of(
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true,
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.RETRIES_CONFIG,
          Integer.MAX_VALUE,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          Integer.MAX_VALUE,
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          Long.MAX_VALUE,
          ProducerConfig.LINGER_MS_CONFIG,
          0,
          // Found again soon after it is back, however long it was away.
          ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          1_000);

  private final Map<String, Object> config = new HashMap<>();
  private KafkaProducer<String, byte[]> producer;

  /**
   * @param kafka client configuration, with {@code bootstrap.servers}; what the promise rests on is
   *     set here whatever it says
   */
  public KafkaPublisher(String clientId, Map<String, Object> kafka) {
    kafka.forEach(
        (key, value) -> {
          if (ProducerConfig.configNames().contains(key)) {
            config.put(key, value);
          }
        });
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    config.putAll(PROMISE);
  }

  @Override
  public Uni<Void> publish(OutgoingRecord record) {
    var outgoing = new ProducerRecord<>(record.topic(), record.key(), record.payload());
    record
        .headers()
        .forEach(
            (name, value) -> outgoing.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return Uni.createFrom()
        .emitter(
            sent ->
                producer()
                    .send(
                        outgoing,
                        (metadata, failure) -> {
                          if (failure == null) {
                            sent.complete(null);
                          } else {
                            sent.fail(failure);
                          }
                        }));
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  /** A producer that met a fatal error refuses everything from then on; the next one does not. */
  @Override
  public void renew() {
    close();
  }

  /** Gives up what the broker has not acknowledged: it is still in the outbox. */
  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }
}
