package io.pgscim.messaging;

import io.pgscim.events.Envelope;
import io.pgscim.events.EventJson;
import io.pgscim.events.Headers;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A Kafka record on its way.
 *
 * @param id the event's id; for a record set aside, an id of its own
 * @param type CloudEvents {@code type}, or {@code raw} for a record that is handed on unread
 */
public record OutgoingRecord(
    UUID id, String topic, String key, String type, Map<String, String> headers, byte[] payload) {

  public OutgoingRecord {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(type, "type");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(payload, "payload");
  }

  /** The record that carries an event. */
  public static OutgoingRecord of(Envelope envelope) {
    return new OutgoingRecord(
        envelope.id(),
        envelope.type().topic.topicName,
        envelope.event().key(),
        envelope.type().ceType,
        Headers.of(envelope),
        EventJson.write(envelope.event()));
  }
}
