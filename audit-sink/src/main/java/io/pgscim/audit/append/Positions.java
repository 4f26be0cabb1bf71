package io.pgscim.audit.append;

import io.pgscim.audit.entry.Position;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far each partition has been taken into the log. */
final class Positions {
  private final Map<Partition, Long> next = new ConcurrentHashMap<>();

  private record Partition(String topic, int number) {}

  void passed(Position record) {
    next.merge(new Partition(record.topic(), record.partition()), record.offset() + 1, Long::max);
  }

  long next(String topic, int partition) {
    return next.getOrDefault(new Partition(topic, partition), 0L);
  }
}
