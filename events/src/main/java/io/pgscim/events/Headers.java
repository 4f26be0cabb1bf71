package io.pgscim.events;

import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * CloudEvents 1.0 in Kafka binary mode: attributes are record headers named {@code ce_…}, the data
 * is the record's value. Extensions used: {@code partitionkey}, {@code recordedtime}, {@code
 * traceparent}, and ours: {@code txn}, {@code actor}, {@code requestedat}.
 */
public final class Headers {
  /** The headers that {@link #read} asks for. */
  public static final Set<String> READ =
      Set.of(
          "ce_specversion",
          "ce_id",
          "ce_source",
          "ce_type",
          "ce_time",
          "ce_recordedtime",
          "ce_txn",
          "ce_actor",
          "ce_requestedat",
          "ce_traceparent");

  private Headers() {}

  /** The headers of an event. */
  public static Map<String, String> of(Envelope envelope) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", envelope.id().toString());
    headers.put("ce_source", envelope.source());
    headers.put("ce_type", envelope.type().ceType);
    headers.put("ce_dataschema", envelope.type().dataSchema());
    headers.put("ce_subject", envelope.event().key());
    headers.put("ce_partitionkey", envelope.event().key());
    headers.put("ce_time", envelope.time().toString());
    headers.put("ce_txn", envelope.cause().txn());
    headers.put("ce_actor", envelope.cause().actor());
    headers.put("ce_requestedat", envelope.cause().requestedAt().toString());
    if (envelope.recordedAt() != null) {
      headers.put("ce_recordedtime", envelope.recordedAt().toString());
    }
    if (envelope.cause().traceparent() != null) {
      headers.put("ce_traceparent", envelope.cause().traceparent());
      headers.put("traceparent", envelope.cause().traceparent());
    }
    return headers;
  }

  /**
   * The event of a Kafka record.
   *
   * @param key the record's key, which must be the event's own
   * @param header gives a header's value, null when there is none
   * @throws MalformedEvent when a required attribute is missing or wrong, the type is unknown or
   *     the data malformed
   */
  public static Envelope read(String key, Function<String, String> header, byte[] data)
      throws MalformedEvent {
    if (!"1.0".equals(header.apply("ce_specversion"))) {
      throw new MalformedEvent(
          "not a CloudEvent 1.0 in binary mode: header ce_specversion is missing or other");
    }
    EventType type = EventType.named(required(header, "ce_type"));
    if (type == null) {
      throw new MalformedEvent("header ce_type names no event of pgscim");
    }
    if (data == null) {
      throw new MalformedEvent("the record has no value");
    }
    Event event = EventJson.read(type, data);
    if (!event.key().equals(key)) {
      throw new MalformedEvent("the record's key is not the key of its event");
    }
    try {
      String recorded = header.apply("ce_recordedtime");
      return new Envelope(
          UUID.fromString(required(header, "ce_id")),
          required(header, "ce_source"),
          Instants.parse(required(header, "ce_time")),
          recorded == null ? null : Instants.parse(recorded),
          new Cause(
              required(header, "ce_txn"),
              required(header, "ce_actor"),
              Instants.parse(required(header, "ce_requestedat")),
              header.apply("ce_traceparent")),
          event);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new MalformedEvent(
          "a CloudEvents attribute is not what it should be: " + e.getMessage());
    }
  }

  private static String required(Function<String, String> header, String name)
      throws MalformedEvent {
    String value = header.apply(name);
    if (value == null || value.isEmpty()) {
      throw new MalformedEvent("header " + name + " is missing");
    }
    return value;
  }
}
