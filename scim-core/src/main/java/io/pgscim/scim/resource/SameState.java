package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether two documents say the same. The order of names never matters (RFC 7643 §2.3.8), nor does
 * that of the elements of an array, which are a set to SCIM, nor how a number is written.
 */
public final class SameState {
  private SameState() {}

  public static boolean of(JsonNode a, JsonNode b) {
    if (a == null || b == null) {
      return a == b;
    }
    return a.equals(b) || key(a).equals(key(b));
  }

  /** Equal, with the same hash, for nodes that say the same. */
  public static Object key(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue().stripTrailingZeros();
    }
    if (node.isObject()) {
      Map<String, Object> parts = new HashMap<>();
      node.properties().forEach(part -> parts.put(part.getKey(), key(part.getValue())));
      return parts;
    }
    if (node.isArray()) {
      Map<Object, Integer> counts = new HashMap<>();
      node.forEach(element -> counts.merge(key(element), 1, Integer::sum));
      return counts;
    }
    return node;
  }
}
