package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * Whether two documents say the same. The order of names never matters (RFC 7643 §2.3.8), nor does
 * that of the elements of an array, which are a set to SCIM.
 */
public final class SameState {
  private SameState() {}

  public static boolean of(JsonNode a, JsonNode b) {
    if (a == null || b == null) {
      return a == b;
    }
    return a.equals(b) || key(a).equals(key(b));
  }

  /**
   * Equal for nodes that say the same. It is a text because clients can make the hashes of nodes
   * collide at will: texts have an order for a map to fall back on, nodes have none.
   */
  public static String key(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue().stripTrailingZeros().toString();
    }
    if (node.isObject()) {
      TreeMap<String, String> parts = new TreeMap<>();
      node.properties()
          .forEach(
              part -> parts.put(TextNode.valueOf(part.getKey()).toString(), key(part.getValue())));
      return parts.toString();
    }
    if (node.isArray()) {
      List<String> elements = new ArrayList<>(node.size());
      node.forEach(element -> elements.add(key(element)));
      Collections.sort(elements);
      return elements.toString();
    }
    return node.toString();
  }
}
