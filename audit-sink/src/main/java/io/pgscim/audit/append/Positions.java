package io.pgscim.audit.append;

import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Position;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How far each partition has been taken into the log. */
final class Positions {
  private final Map<String, Long> next = new ConcurrentHashMap<>();

  /**
   * @param next by {@code topic/partition}
   */
  Positions(Map<String, Long> next) {
    this.next.putAll(next);
  }

  void passed(List<Line> entries) {
    entries.forEach(entry -> passed(entry.from()));
  }

  /** An entry that the service itself made comes from nowhere. */
  void passed(Position record) {
    if (record != null) {
      next.merge(name(record.topic(), record.partition()), record.offset() + 1, Long::max);
    }
  }

  long next(String topic, int partition) {
    return next.getOrDefault(name(topic, partition), 0L);
  }

  /** A copy, by {@code topic/partition}. */
  Map<String, Long> now() {
    return new TreeMap<>(next);
  }

  private static String name(String topic, int partition) {
    return topic + "/" + partition;
  }
}
