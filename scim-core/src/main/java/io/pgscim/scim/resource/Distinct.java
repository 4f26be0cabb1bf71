package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values as keys. Clients can make the hashes of nodes collide at will, and nodes have no order for
 * a map to fall back on: beyond a few, their text stands for them, which has one.
 */
public final class Distinct {
  /** So few are compared with each other, whatever their hashes. */
  private static final int FEW = 16;

  private Distinct() {}

  /** The values in order, each once. */
  public static List<JsonNode> of(List<JsonNode> values) {
    Set<Object> seen = HashSet.newHashSet(values.size());
    List<JsonNode> distinct = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      if (seen.add(key(values.size(), value))) {
        distinct.add(value);
      }
    }
    return distinct;
  }

  /**
   * What stands in a map of so many for a value, or for several together; equal for equal values,
   * in whatever order their parts are.
   */
  public static Object key(int size, JsonNode... values) {
    return size <= FEW
        ? List.of(values)
        : Stream.of(values).map(Distinct::text).collect(Collectors.joining("\0"));
  }

  private static String text(JsonNode value) {
    if (!value.isObject()) {
      return value.toString();
    }
    Map<String, String> parts = new TreeMap<>();
    value.properties().forEach(part -> parts.put(part.getKey(), text(part.getValue())));
    return parts.toString();
  }
}
