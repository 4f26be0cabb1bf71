package io.pgscim.audit.entry;

import java.util.Objects;

/** Where a record stands in Kafka. */
public record Position(String topic, int partition, long offset) {

  public Position {
    Objects.requireNonNull(topic, "topic");
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "not a position: " + topic + "/" + partition + "/" + offset);
    }
  }

  /** Whether both stand in one partition. */
  public boolean isOfSamePartition(Position other) {
    return partition == other.partition && topic.equals(other.topic);
  }

  void fields(CanonicalJson.Fields from) {
    from.field("offset", offset);
    from.field("partition", partition);
    from.field("topic", topic);
  }

  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
