package io.pgscim.audit.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.entry.CanonicalJson;
import io.pgscim.audit.index.Terms;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which entries are asked for: fields that must be equal. The entry's own bytes are searched for
 * the value before anything is parsed, which rejects most entries at once: equal strings have equal
 * canonical bytes.
 */
final class EntryFilter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> wanted;
  private final List<byte[]> needles;

  private EntryFilter(Map<String, String> wanted) {
    this.wanted = wanted;
    this.needles = wanted.values().stream().map(CanonicalJson::write).toList();
  }

  /**
   * The filter of a query string.
   *
   * @param others parameters that are not for the filter
   * @throws IllegalArgumentException with what is allowed, when a parameter is unknown or given
   *     twice
   */
  static EntryFilter of(Map<String, List<String>> parameters, Set<String> others) {
    Map<String, String> wanted = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) -> {
          if (others.contains(name)) {
            return;
          }
          if (!Terms.OWN.contains(name) && !Terms.WHICH.contains(name)) {
            throw new IllegalArgumentException(
                "no parameter is called so; there are "
                    + others
                    + ", "
                    + Terms.OWN
                    + " and "
                    + Terms.WHICH);
          }
          if (values.size() > 1) {
            throw new IllegalArgumentException(name + " is given more than once");
          }
          wanted.put(name, values.getFirst());
        });
    return new EntryFilter(wanted);
  }

  boolean matches(byte[] entry) throws IOException {
    for (byte[] needle : needles) {
      if (!contains(entry, needle)) {
        return false;
      }
    }
    return wanted.isEmpty() || equal(JSON.readTree(entry));
  }

  private boolean equal(JsonNode entry) {
    for (var field : wanted.entrySet()) {
      JsonNode holder = Terms.OWN.contains(field.getKey()) ? entry : entry.path("which");
      if (!field.getValue().equals(holder.path(field.getKey()).asText(null))) {
        return false;
      }
    }
    return true;
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
