package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.schema.ResourceType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who a membership attribute names. */
public final class MemberIds {
  private MemberIds() {}

  /**
   * The ids in a value: of an array or a single one, of objects with a {@code value} or of bare
   * strings.
   *
   * @throws io.pgscim.scim.ScimException 400 invalidValue when an element has no id
   */
  public static Set<String> of(JsonNode value) {
    Set<String> ids = new LinkedHashSet<>();
    if (!Values.unassigned(value)) {
      for (JsonNode element : value.isArray() ? value : List.of(value)) {
        ids.add(id(element));
      }
    }
    return ids;
  }

  /**
   * The ids in the body of a POST or PUT; null when the body does not speak of members at all,
   * which is not the same as naming none.
   */
  public static Set<String> in(ResourceType type, ObjectNode body) {
    JsonNode value = type.membership() == null ? null : field(body, type.membership());
    return value == null ? null : of(value);
  }

  private static String id(JsonNode element) {
    JsonNode id = element instanceof ObjectNode object ? field(object, "value") : element;
    if (id == null || !id.isTextual() || id.textValue().isEmpty()) {
      throw Values.error("a member needs its id as value");
    }
    return id.textValue();
  }

  private static JsonNode field(ObjectNode object, String name) {
    JsonNode exact = object.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return null;
  }
}
