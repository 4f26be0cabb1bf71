package io.pgscim.audit.review;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

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
    JsonNode details = entry.path("details");
    String words = details.path("description").asText();
    String reason = details.path("reason").asText();
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
        words.isEmpty() || reason.isEmpty() ? words + reason : words + ": " + reason);
  }
}
