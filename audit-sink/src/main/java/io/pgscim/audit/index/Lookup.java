package io.pgscim.audit.index;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which entries are looked for.
 *
 * @param fields every one of them must be equal; names are those of {@link Terms}
 * @param from logged then or later; null for since ever
 * @param before logged earlier than then; null for until now
 * @param newestFirst the order of the answer
 * @param beyond in that order, only behind this index; null from the start
 * @param limit at most so many
 */
public record Lookup(
    Map<String, String> fields,
    Instant from,
    Instant before,
    boolean newestFirst,
    Long beyond,
    int limit) {

  public Lookup {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    for (String name : fields.keySet()) {
      if (!Terms.OWN.contains(name) && !Terms.WHICH.contains(name)) {
        throw new IllegalArgumentException("nothing is found by " + name);
      }
    }
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit);
    }
  }

  /** Everything with that field, oldest first. */
  public static Lookup of(String name, String value, int limit) {
    return new Lookup(Map.of(name, value), null, null, false, null, limit);
  }
}
