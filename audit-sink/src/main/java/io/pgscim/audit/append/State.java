package io.pgscim.audit.append;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.entry.CanonicalJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file {@code state}: where the journal begins and how far each partition had been taken there.
 * With the journal's own entries that is one atomic whole: tree size and every position.
 *
 * @param begins the index of the journal's first entry
 * @param next by {@code topic/partition}, the offset behind the last record among the entries
 *     below; what the entries from there on add to it stands in them
 */
record State(long begins, Map<String, Long> next) {
  static final String FILE = "state";
  static final State NEW = new State(0, Map.of());

  private static final int FORM = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  State {
    if (begins < 0) {
      throw new IllegalArgumentException("the journal begins at " + begins);
    }
    next = Collections.unmodifiableMap(new TreeMap<>(next));
  }

  byte[] bytes() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("form", FORM);
    fields.put("begins", begins);
    fields.put("next", next);
    fields.put("crc32c", Checksum.of(CanonicalJson.write(fields)));
    return CanonicalJson.write(fields);
  }

  /** Empty when the bytes are not what {@link #bytes} writes. */
  static Optional<State> read(byte[] bytes) {
    try {
      JsonNode fields = JSON.readTree(bytes);
      Map<String, Long> next = new TreeMap<>();
      fields
          .path("next")
          .properties()
          .forEach(one -> next.put(one.getKey(), one.getValue().asLong()));
      var state = new State(fields.path("begins").asLong(-1), next);
      return Arrays.equals(state.bytes(), bytes) ? Optional.of(state) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
