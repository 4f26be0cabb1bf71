package io.pgscim.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Publishes over a SmallRye channel. The channel must be an idempotent producer that never gives up
 * on a record ({@code enable.idempotence=true}, {@code acks=all}, {@code
 * delivery.timeout.ms=2147483647}): one that gave up and went on would reorder a key.
 */
public final class EmitterPublisher implements Publisher {
  private final MutinyEmitter<byte[]> emitter;

  public EmitterPublisher(MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  @Override
  public Uni<Void> publish(OutgoingRecord record) {
    var headers = new RecordHeaders();
    record
        .headers()
        .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    var metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(record.topic())
            .withKey(record.key())
            .withHeaders(headers)
            .build();
    return emitter.sendMessage(Message.of(record.payload(), Metadata.of(metadata)));
  }
}
