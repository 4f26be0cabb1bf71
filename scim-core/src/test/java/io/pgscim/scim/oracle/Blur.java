package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.resource.SameState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes resources equal that differ in one way only. */
enum Blur implements UnaryOperator<JsonNode> {
  /** Names are in lower case. */
  SPELLING {
    @Override
    JsonNode after(JsonNode node) {
      if (!(node instanceof ObjectNode object)) {
        return node;
      }
      ObjectNode lower = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field -> lower.set(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
      return lower;
    }
  },
  /** Who is not primary does not say so. */
  NOT_PRIMARY {
    @Override
    JsonNode after(JsonNode node) {
      if (node instanceof ObjectNode object && !object.path("primary").asBoolean(true)) {
        object.remove("primary");
      }
      return node;
    }
  },
  /** Nobody says who is primary. */
  PRIMARY {
    @Override
    JsonNode after(JsonNode node) {
      if (node instanceof ObjectNode object) {
        object.remove("primary");
      }
      return node;
    }
  },
  /** What holds nothing is not there. */
  EMPTY {
    @Override
    JsonNode after(JsonNode node) {
      return node.isContainerNode() && node.isEmpty() ? null : node;
    }
  },
  /** Elements with the same value for the same purpose are one, in any case. */
  TWICE {
    @Override
    JsonNode after(JsonNode node) {
      if (!node.isArray()) {
        return node;
      }
      Map<Object, JsonNode> distinct = new LinkedHashMap<>();
      for (JsonNode element : node) {
        JsonNode same = distinct.putIfAbsent(identity(element), element.deepCopy());
        if (same instanceof ObjectNode parts) {
          parts.setAll((ObjectNode) element);
        }
      }
      return JsonNodeFactory.instance.arrayNode().addAll(distinct.values());
    }

    private static Object identity(JsonNode element) {
      if (!(element instanceof ObjectNode parts)) {
        return SameState.key(element).toString().toLowerCase(Locale.ROOT);
      }
      boolean valued = parts.has("value") || !parts.has("display");
      ObjectNode identity = parts.deepCopy().without(List.of("display", "primary", "$ref"));
      return SameState.key(valued ? identity : parts).toString().toLowerCase(Locale.ROOT);
    }
  },
  /** A list of one is its element. */
  LIST_OF_ONE {
    @Override
    JsonNode after(JsonNode node) {
      return node.isArray() && node.size() == 1 ? node.get(0) : node;
    }
  };

  /** The node, whose parts are blurred; null to leave it out. */
  abstract JsonNode after(JsonNode node);

  @Override
  public JsonNode apply(JsonNode resource) {
    ObjectNode blurred = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : resource.properties()) {
      JsonNode value = inner(field.getValue());
      if (value != null) {
        blurred.set(field.getKey(), value);
      }
    }
    return after(blurred);
  }

  private JsonNode inner(JsonNode node) {
    if (node.isObject()) {
      return apply(node);
    }
    if (node.isArray()) {
      ArrayNode elements = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : node) {
        JsonNode value = inner(element);
        if (value != null) {
          elements.add(value);
        }
      }
      return after(elements);
    }
    return after(node);
  }
}
