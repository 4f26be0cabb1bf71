package io.pgscim.applier.consume;

import io.pgscim.applier.consume.BatchReader.Raw;
import java.util.List;
import java.util.Objects;

/**
 * What was read at once.
 *
 * @param records as Kafka has them, in their order
 * @param batch what they hold
 */
public record Arrival(List<Raw> records, Batch batch) {

  public Arrival {
    records = List.copyOf(records);
    Objects.requireNonNull(batch, "batch");
  }

  /** No record at all. */
  public boolean isEmpty() {
    return records.isEmpty();
  }
}
