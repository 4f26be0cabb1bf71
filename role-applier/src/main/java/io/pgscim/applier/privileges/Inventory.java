package io.pgscim.applier.privileges;

import java.util.List;
import java.util.Map;

/** The tables and sequences that schemas have today, by schema. */
record Inventory(Map<String, List<String>> tables, Map<String, List<String>> sequences) {

  Inventory {
    tables = Map.copyOf(tables);
    sequences = Map.copyOf(sequences);
  }

  List<String> tables(String schema) {
    return tables.getOrDefault(schema, List.of());
  }

  List<String> sequences(String schema) {
    return sequences.getOrDefault(schema, List.of());
  }
}
