package io.pgscim.audit.review;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An entry of the log, as a review shows it.
 *
 * @param index where it stands in the log
 * @param cluster the cluster; empty when it is about none
 * @param role the role that it is about; empty when about none
 * @param user the person's id; empty when about none
 * @param object what the role gained or lost; empty when nothing
 * @param group the identity provider's group that it came from; empty when from none that is known
 */
record Decided(
    long index,
    Instant at,
    String what,
    String outcome,
    String cluster,
    String role,
    String user,
    String object,
    String who,
    String txn,
    String group,
    String words) {

  static Decided of(long index, JsonNode entry, String group) {
    JsonNode which = entry.path("which");
    return new Decided(
        index,
        Instant.parse(entry.path("when").path("happened").asText()),
        entry.path("what").asText(),
        entry.path("outcome").asText(),
        which.path("cluster").asText(),
        which.path("role").asText(),
        which.path("user").asText(),
        which.path("object").asText(),
        entry.path("who").asText(),
        entry.path("txn").asText(),
        group,
        words(entry));
  }

  /** The sentence that the entry has, or else what it is about and its details. */
  private static String words(JsonNode entry) {
    JsonNode details = entry.path("details");
    var parts = new ArrayList<String>();
    if (details.has("description")) {
      parts.add(details.path("description").asText());
    } else {
      add(parts, entry.path("which"), Set.of("cluster", "role", "user", "object"));
      add(parts, details, Set.of("reason"));
    }
    String words = String.join(", ", parts);
    String reason = details.path("reason").asText();
    return words.isEmpty() || reason.isEmpty() ? words + reason : words + ": " + reason;
  }

  private static void add(List<String> parts, JsonNode object, Set<String> but) {
    object
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (!but.contains(field.getKey())) {
                parts.add(
                    field.getKey() + " " + (value.isTextual() ? value.asText() : value.toString()));
              }
            });
  }
}
