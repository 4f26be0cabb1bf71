package io.pgscim.audit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * Which entries are wanted.
 *
 * @param own what fields of the entry must be equal to
 * @param which what fields of its resource must be equal to
 * @param since only what happened then or later; null for all
 * @param until only what happened before; null for all
 */
public record Filter(
    Map<String, String> own, Map<String, String> which, Instant since, Instant until) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Filter {
    own = Map.copyOf(own);
    which = Map.copyOf(which);
  }

  /** What happened in a time. */
  public static Filter between(Instant since, Instant until) {
    return new Filter(Map.of(), Map.of(), since, until);
  }

  /** Whether an entry, as its bytes, is wanted. Bytes that are no JSON are only when all is. */
  public boolean matches(byte[] entry) throws IOException {
    return own.isEmpty() && which.isEmpty() && since == null && until == null
        || matches(JSON.readTree(entry));
  }

  /** Whether an entry is wanted. */
  public boolean matches(JsonNode entry) {
    return equal(own, entry) && equal(which, entry.path("which")) && inTime(entry);
  }

  private static boolean equal(Map<String, String> wanted, JsonNode holder) {
    for (var field : wanted.entrySet()) {
      if (!field.getValue().equals(holder.path(field.getKey()).asText(null))) {
        return false;
      }
    }
    return true;
  }

  private boolean inTime(JsonNode entry) {
    if (since == null && until == null) {
      return true;
    }
    try {
      Instant happened = Instant.parse(entry.path("when").path("happened").asText());
      return (since == null || !happened.isBefore(since))
          && (until == null || happened.isBefore(until));
    } catch (DateTimeException e) {
      return false;
    }
  }
}
