package io.pgscim.local.demonstrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The log as audit-sink serves it. */
final class AuditTrail {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;

  /**
   * One entry, as far as the demonstration looks at it.
   *
   * @param millis from the arrival of the request that set it off to the moment it was done
   */
  record Entry(
      String who,
      String what,
      String role,
      String object,
      String user,
      String group,
      String outcome,
      double millis) {

    private static Entry of(JsonNode json) {
      JsonNode which = json.path("which");
      JsonNode when = json.path("when");
      Instant requested =
          Instant.parse(when.path("requested").asText(when.path("happened").asText()));
      Instant done = Instant.parse(when.path("recorded").asText(when.path("happened").asText()));
      return new Entry(
          json.path("who").asText(),
          json.path("what").asText(),
          which.path("role").asText(),
          which.path("object").asText(),
          which.path("user").asText(),
          which.path("group").asText(),
          json.path("outcome").asText(),
          Duration.between(requested, done).toNanos() / 1e6);
    }
  }

  AuditTrail(String base) {
    this.base = base;
  }

  /** How many entries there are. */
  long size() {
    return page(Long.MAX_VALUE / 2).path("size").asLong();
  }

  /** All entries from an index on. */
  List<Entry> from(long index) {
    List<Entry> entries = new ArrayList<>();
    long after = index - 1;
    while (true) {
      JsonNode page = page(after).path("entries");
      for (JsonNode json : page) {
        entries.add(Entry.of(json));
        after = json.path("index").asLong();
      }
      if (page.isEmpty()) {
        return entries;
      }
    }
  }

  private JsonNode page(long after) {
    try {
      return JSON.readTree(URI.create(base + "/entries?limit=1000&after=" + after).toURL());
    } catch (IOException e) {
      throw new PartsException("the audit log does not answer: " + e.getMessage(), e);
    }
  }
}
