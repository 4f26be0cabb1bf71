package io.pgscim.audit.entry;

import io.pgscim.events.Instants;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The instants of one action, each by the clock of whoever says so.
 *
 * @param requested the request that set it off arrived; null when unknown
 * @param happened just before the commit that made it true
 * @param recorded its producer saw that commit done; null when unknown
 * @param logged the log took it
 */
public record When(Instant requested, Instant happened, Instant recorded, Instant logged) {

  public When {
    Objects.requireNonNull(happened, "happened");
    Objects.requireNonNull(logged, "logged");
  }

  SortedMap<String, Object> fields() {
    var fields = new TreeMap<String, Object>();
    fields.put("happened", Instants.text(happened));
    fields.put("logged", Instants.text(logged));
    if (recorded != null) {
      fields.put("recorded", Instants.text(recorded));
    }
    if (requested != null) {
      fields.put("requested", Instants.text(requested));
    }
    return fields;
  }
}
