package io.pgscim.events;

import java.time.Duration;
import java.util.Map;

/**
 * The Kafka topics, with how each keeps its records. The number of partitions can never change: it
 * orders keys.
 */
public enum Topic {
  /** The directory itself: the latest state of each key. */
  IDENTITY_EVENTS(
      "identity-events",
      12,
      Map.of(
          "cleanup.policy",
          "compact",
          // The audit sink must see every state even after days of absence.
          "min.compaction.lag.ms",
          Long.toString(Duration.ofDays(7).toMillis()))),
  /** What was done to PostgreSQL. */
  ROLE_CHANGES("role-changes", 12, Keep.FOREVER),
  /** What an auditor must know about pgscim itself. */
  SECURITY_EVENTS("security-events", 1, Keep.FOREVER),
  /** Each checkpoint that a log published, as a signed note; by the log's name. */
  AUDIT_CHECKPOINTS("audit-checkpoints", 1, Keep.FOREVER),
  /** Records of {@link #IDENTITY_EVENTS} that could not be read, unchanged. */
  DEAD_LETTER("identity-events.dead-letter", 1, Keep.FOREVER);

  /** The topic's name. */
  public final String topicName;

  /** How many partitions it is created with. */
  public final int partitions;

  /** Topic configuration, by Kafka's own names. */
  public final Map<String, String> config;

  Topic(String topicName, int partitions, Map<String, String> config) {
    this.topicName = topicName;
    this.partitions = partitions;
    this.config = config;
  }

  private static final class Keep {
    static final Map<String, String> FOREVER =
        Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");
  }
}
