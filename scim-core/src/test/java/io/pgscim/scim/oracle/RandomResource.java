package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.json.StrictJson;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Attributes;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Resources of a type with some of its attributes, as their schemas allow. */
public final class RandomResource {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RandomResource() {}

  /**
   * One with the attributes that are wanted, each in every second resource; required ones always.
   */
  public static ObjectNode of(Draw draw, ResourceType type, Predicate<Attribute> wanted) {
    ObjectNode resource = JSON.objectNode();
    resource.putArray("schemas").add(type.schema().id());
    resource.put("id", "2819c223-7f76-453a-919d-413861904646");
    if (draw.chance(0.5)) {
      resource.put("externalId", draw.of("a", "A", "ab"));
    }
    fill(draw, resource, type.schema().attributes(), wanted);
    for (Extension extension : type.extensions()) {
      ObjectNode part = JSON.objectNode();
      fill(draw, part, extension.schema().attributes(), wanted);
      if (!part.isEmpty()) {
        resource.set(extension.schema().id(), part);
        resource.withArray("schemas").add(extension.schema().id());
      }
    }
    return StrictJson.object(resource.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void fill(
      Draw draw, ObjectNode into, Attributes attributes, Predicate<Attribute> wanted) {
    for (Attribute attribute : attributes) {
      if (attribute.required() || wanted.test(attribute) && draw.chance(0.5)) {
        JsonNode value = value(draw, attribute, wanted);
        if (!value.isContainerNode() || !value.isEmpty()) {
          into.set(attribute.name(), value);
        }
      }
    }
  }

  /** A whole value of the attribute. */
  static JsonNode value(Draw draw, Attribute attribute, Predicate<Attribute> wanted) {
    if (!attribute.multiValued()) {
      return one(draw, attribute, wanted);
    }
    ArrayNode elements = JSON.arrayNode();
    if (attribute.complex()) {
      boolean primary = false;
      for (int i = draw.below(3); i >= 0; i--) {
        ObjectNode element = (ObjectNode) one(draw, attribute, wanted);
        if (element.path("primary").asBoolean() && primary) {
          element.put("primary", false);
        }
        primary |= element.path("primary").asBoolean();
        if (!element.isEmpty()) {
          elements.add(element);
        }
      }
    } else {
      elements.addAll(Values.several(draw, attribute));
    }
    return elements;
  }

  /** One value of the attribute. */
  static JsonNode one(Draw draw, Attribute attribute, Predicate<Attribute> wanted) {
    if (!attribute.complex()) {
      return Values.stored(draw, attribute);
    }
    ObjectNode parts = JSON.objectNode();
    fill(draw, parts, attribute.subAttributes(), wanted);
    return parts;
  }
}
