package io.pgscim.audit.review;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** From which group of the identity provider a person's change of access came. */
final class Groups {
  /** Requests whose changes are still looked for: those of a cluster that was away come late. */
  private static final int REMEMBERED = 100_000;

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> byRequest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  void see(JsonNode entry) {
    JsonNode which = entry.path("which");
    switch (entry.path("what").asText()) {
      case "put-group" ->
          names.put(
              which.path("group").asText(), entry.path("details").path("displayName").asText());
      case "add-member", "remove-member" ->
          byRequest.merge(key(entry), name(which.path("group").asText()), Groups::both);
      default -> {}
    }
  }

  /** The groups that the person joined or left by the request behind an entry; empty when none. */
  String of(JsonNode entry) {
    return byRequest.getOrDefault(key(entry), "");
  }

  private static String both(String one, String other) {
    return one.contains(other) || one.length() > 200 ? one : one + ", " + other;
  }

  private String name(String id) {
    String name = names.getOrDefault(id, "");
    return name.isEmpty() ? id : name;
  }

  private static String key(JsonNode entry) {
    return entry.path("txn").asText() + ' ' + entry.path("which").path("user").asText();
  }
}
