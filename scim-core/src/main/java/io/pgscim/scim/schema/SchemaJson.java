package io.pgscim.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.schema.ResourceType.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Schemas and resource types from and to their JSON (RFC 7643 §8.6, §8.7). */
public final class SchemaJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaJson() {}

  /**
   * The schema that the JSON describes. Characteristics left out have the defaults of RFC 7643
   * §2.2.
   *
   * @throws IllegalArgumentException when it is not a schema; the message says why
   */
  public static Schema schema(JsonNode json) {
    return new Schema(
        text(json, "id"),
        json.path("name").asText(json.path("id").asText()),
        json.path("description").asText(""),
        attributes(json.path("attributes")));
  }

  /**
   * The resource type that the JSON describes.
   *
   * @param schemas where its schemas are found, by URI
   * @throws IllegalArgumentException when it is not a resource type or names an unknown schema
   */
  public static ResourceType resourceType(JsonNode json, Map<String, Schema> schemas) {
    List<Extension> extensions = new ArrayList<>();
    for (JsonNode extension : json.path("schemaExtensions")) {
      extensions.add(
          new Extension(
              known(schemas, text(extension, "schema")), extension.path("required").asBoolean()));
    }
    return new ResourceType(
        text(json, "name"),
        text(json, "endpoint"),
        json.path("description").asText(""),
        known(schemas, text(json, "schema")),
        extensions);
  }

  /** The schema as {@code /Schemas} shows it, without {@code meta}. */
  public static ObjectNode json(Schema schema) {
    ObjectNode json = JSON.objectNode();
    json.putArray("schemas").add(Schema.URI);
    json.put("id", schema.id()).put("name", schema.name()).put("description", schema.description());
    json.set("attributes", json(schema.attributes()));
    return json;
  }

  /** The resource type as {@code /ResourceTypes} shows it, without {@code meta}. */
  public static ObjectNode json(ResourceType type) {
    ObjectNode json = JSON.objectNode();
    json.putArray("schemas").add(ResourceType.URI);
    json.put("id", type.name()).put("name", type.name()).put("endpoint", type.endpoint());
    json.put("description", type.description()).put("schema", type.schema().id());
    if (!type.extensions().isEmpty()) {
      ArrayNode extensions = json.putArray("schemaExtensions");
      for (Extension extension : type.extensions()) {
        extensions
            .addObject()
            .put("schema", extension.schema().id())
            .put("required", extension.required());
      }
    }
    return json;
  }

  private static ArrayNode json(Attributes attributes) {
    ArrayNode all = JSON.arrayNode();
    for (Attribute attribute : attributes) {
      ObjectNode json = all.addObject();
      json.put("name", attribute.name()).put("type", attribute.type().keyword);
      if (attribute.complex()) {
        json.set("subAttributes", json(attribute.subAttributes()));
      }
      json.put("multiValued", attribute.multiValued()).put("description", attribute.description());
      json.put("required", attribute.required());
      if (!attribute.canonicalValues().isEmpty()) {
        attribute.canonicalValues().forEach(json.putArray("canonicalValues")::add);
      }
      json.put("caseExact", attribute.caseExact());
      json.put("mutability", attribute.mutability().keyword);
      json.put("returned", attribute.returned().keyword);
      json.put("uniqueness", attribute.uniqueness().keyword);
      if (!attribute.referenceTypes().isEmpty()) {
        attribute.referenceTypes().forEach(json.putArray("referenceTypes")::add);
      }
    }
    return all;
  }

  private static Attributes attributes(JsonNode json) {
    List<Attribute> attributes = new ArrayList<>();
    for (JsonNode attribute : json) {
      attributes.add(attribute(attribute));
    }
    return attributes.isEmpty() ? Attributes.NONE : new Attributes(attributes);
  }

  private static Attribute attribute(JsonNode json) {
    return new Attribute(
        text(json, "name"),
        keyword(AttributeType.values(), t -> t.keyword, json, "type", AttributeType.STRING),
        json.path("multiValued").asBoolean(),
        json.path("description").asText(""),
        json.path("required").asBoolean(),
        texts(json.path("canonicalValues")),
        json.path("caseExact").asBoolean(),
        keyword(Mutability.values(), m -> m.keyword, json, "mutability", Mutability.READ_WRITE),
        keyword(Returned.values(), r -> r.keyword, json, "returned", Returned.DEFAULT),
        keyword(Uniqueness.values(), u -> u.keyword, json, "uniqueness", Uniqueness.NONE),
        texts(json.path("referenceTypes")),
        attributes(json.path("subAttributes")));
  }

  private static <E> E keyword(
      E[] all, Function<E, String> keyword, JsonNode json, String field, E absent) {
    if (!json.has(field)) {
      return absent;
    }
    String wanted = json.get(field).asText();
    for (E one : all) {
      if (keyword.apply(one).equalsIgnoreCase(wanted)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "attribute " + json.path("name").asText() + ": " + field + " cannot be \"" + wanted + "\"");
  }

  private static Schema known(Map<String, Schema> schemas, String uri) {
    Schema schema = schemas.get(uri);
    if (schema == null) {
      throw new IllegalArgumentException("there is no schema " + uri);
    }
    return schema;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException("\"" + field + "\" is missing");
    }
    return value.textValue();
  }
}
