package io.pgscim.audit.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.entry.CanonicalJson;
import io.pgscim.audit.index.Terms;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Whether an entry is one that is asked for: its own bytes decide, not what the index says. They
 * are searched for the values before anything is parsed, which rejects most entries at once: equal
 * strings have equal canonical bytes.
 */
final class EntryFilter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Question question;
  private final List<byte[]> needles;

  EntryFilter(Question question) {
    this.question = question;
    this.needles = question.fields().values().stream().map(CanonicalJson::write).toList();
  }

  boolean matches(byte[] entry) throws IOException {
    for (byte[] needle : needles) {
      if (!contains(entry, needle)) {
        return false;
      }
    }
    return question.everything() || matches(JSON.readTree(entry));
  }

  private boolean matches(JsonNode entry) {
    for (var field : question.fields().entrySet()) {
      JsonNode holder = Terms.OWN.contains(field.getKey()) ? entry : entry.path("which");
      if (!field.getValue().equals(holder.path(field.getKey()).asText(null))) {
        return false;
      }
    }
    Instant logged = Instant.parse(entry.path("when").path("logged").asText());
    return (question.since() == null || !logged.isBefore(question.since()))
        && (question.until() == null || logged.isBefore(question.until()));
  }

  private static boolean contains(byte[] haystack, byte[] needle) {
    for (int start = 0; start <= haystack.length - needle.length; start++) {
      int same = 0;
      while (same < needle.length && haystack[start + same] == needle[same]) {
        same++;
      }
      if (same == needle.length) {
        return true;
      }
    }
    return false;
  }
}
