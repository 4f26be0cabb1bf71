package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Whether two documents say the same. The order of names never matters (RFC 7643 §2.3.8), nor does
 * that of the elements of an array, which are a set to SCIM.
 */
public final class SameState {
  private SameState() {}

  public static boolean of(JsonNode a, JsonNode b) {
    if (Objects.equals(a, b)) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    if (a.isObject() && b.isObject()) {
      return a.size() == b.size()
          && a.properties().stream().allMatch(field -> of(field.getValue(), b.get(field.getKey())));
    }
    if (a.isArray() && b.isArray()) {
      return a.size() == b.size() && counted(a).equals(counted(b));
    }
    return a.isNumber() && b.isNumber() && a.decimalValue().compareTo(b.decimalValue()) == 0;
  }

  private static Map<Object, Integer> counted(JsonNode array) {
    Map<Object, Integer> counts = new HashMap<>();
    array.forEach(element -> counts.merge(Distinct.key(array.size(), element), 1, Integer::sum));
    return counts;
  }
}
