package io.pgscim.applier.consume;

import io.pgscim.applier.digest.Sha256;
import java.util.Map;
import java.util.Objects;

/**
 * A record that is no identity event.
 *
 * @param key empty when the record has none
 * @param reason what is wrong with it, without its content
 */
public record Unreadable(
    String topic,
    int partition,
    long offset,
    String key,
    Map<String, String> headers,
    byte[] payload,
    String reason) {

  public Unreadable {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(key, "key");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(reason, "reason");
  }

  /** The same for the same record, wherever it stands and however often. */
  public String digest() {
    return Sha256.of(
        String.join("\n", topic, key, headers.getOrDefault("ce_id", ""), Sha256.of(payload)));
  }
}
