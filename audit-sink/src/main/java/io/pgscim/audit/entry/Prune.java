package io.pgscim.audit.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the log says of a pruning, in the entry {@code prune-log}: from then on the entries below
 * the minimum lie in an archive, and nowhere else.
 *
 * @param archive the folder, as the machine of the log calls it
 * @param from the index of the archive's first entry
 * @param minimum the index of the first entry that the log keeps, the first of a bundle
 * @param next by {@code topic/partition}, the offset behind the last record among all entries below
 *     the minimum
 */
public record Prune(String archive, long from, long minimum, Map<String, Long> next) {
  /** What such an entry is called. */
  public static final String WHAT = "prune-log";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Prune {
    if (archive.isEmpty() || from < 0 || from >= minimum) {
      throw new IllegalArgumentException(
          "entries %d to %d in '%s'".formatted(from, minimum - 1, archive));
    }
    next = Collections.unmodifiableMap(new TreeMap<>(next));
  }

  /** What an entry says; empty when it speaks of something else. */
  public static Optional<Prune> said(byte[] entry) {
    try {
      JsonNode fields = JSON.readTree(entry);
      return fields.path("what").asText().equals(WHAT) && !fields.has("from")
          ? Optional.of(read(fields.path("details")))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Prune read(JsonNode fields) {
    Map<String, Long> next = new TreeMap<>();
    fields
        .path("next")
        .properties()
        .forEach(one -> next.put(one.getKey(), one.getValue().asLong()));
    return new Prune(
        fields.path("archive").asText(),
        fields.path("from").asLong(-1),
        fields.path("minimum").asLong(-1),
        next);
  }

  Map<String, Object> fields() {
    return Map.of("archive", archive, "from", from, "minimum", minimum, "next", next);
  }
}
