package io.pgscim.audit.entry;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/**
 * One Kafka record as it arrived, whatever it holds. Its maker keeps neither headers nor value.
 *
 * @param publishedAt the record's timestamp
 * @param key UTF-8 of the record's key; null when it has none
 * @param headers the last value of each header that says something of an event, as UTF-8
 * @param value null for a tombstone
 */
public record Received(
    Position position, Instant publishedAt, String key, Map<String, String> headers, byte[] value) {

  public Received {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(publishedAt, "publishedAt");
    headers = Collections.unmodifiableMap(headers);
  }

  /** Bytes of the value. */
  int length() {
    return value == null ? 0 : value.length;
  }

  /** The value; no bytes for a tombstone. */
  byte[] valueOrNothing() {
    return value == null ? new byte[0] : value;
  }
}
