package io.pgscim.audit.append;

import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Position;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How far each partition has been taken into the log. */
final class Positions {
  private final Map<Partition, Long> next = new ConcurrentHashMap<>();

  private record Partition(String topic, int number) {

    /** The partition of a name that {@link #toString} gives. */
    static Partition named(String name) {
      int slash = name.lastIndexOf('/');
      return new Partition(name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)));
    }

    @Override
    public String toString() {
      return topic + "/" + number;
    }
  }

  /**
   * @param next by {@code topic/partition}
   */
  Positions(Map<String, Long> next) {
    next.forEach((name, offset) -> this.next.put(Partition.named(name), offset));
  }

  void passed(List<Line> entries) {
    Position furthest = null;
    for (Line entry : entries) {
      Position record = entry.from();
      if (record == null) {
        continue;
      }
      if (furthest == null || !record.isOfSamePartition(furthest)) {
        passed(furthest);
        furthest = record;
      } else if (record.offset() > furthest.offset()) {
        furthest = record;
      }
    }
    passed(furthest);
  }

  /** An entry that the service itself made comes from nowhere. */
  void passed(Position record) {
    if (record != null) {
      next.merge(new Partition(record.topic(), record.partition()), record.offset() + 1, Long::max);
    }
  }

  long next(String topic, int partition) {
    return next.getOrDefault(new Partition(topic, partition), 0L);
  }

  /** A copy, by {@code topic/partition}. */
  Map<String, Long> now() {
    Map<String, Long> now = new TreeMap<>();
    next.forEach((partition, offset) -> now.put(partition.toString(), offset));
    return now;
  }
}
