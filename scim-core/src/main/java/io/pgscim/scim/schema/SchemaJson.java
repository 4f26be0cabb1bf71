package io.pgscim.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.schema.ResourceType.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Schemas and resource types from and to their JSON (RFC 7643 §8.6, §8.7). */
public final class SchemaJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** {@code meta} is what another server's discovery adds to them. */
  private static final Set<String> SCHEMA_FIELDS =
      Set.of("schemas", "id", "name", "description", "attributes", "meta");

  private static final Set<String> TYPE_FIELDS =
      Set.of(
          "schemas", "id", "name", "description", "endpoint", "schema", "schemaExtensions", "meta");

  private static final Set<String> ATTRIBUTE_FIELDS =
      Set.of(
          "name",
          "type",
          "multiValued",
          "description",
          "required",
          "canonicalValues",
          "caseExact",
          "mutability",
          "returned",
          "uniqueness",
          "referenceTypes",
          "subAttributes");

  private SchemaJson() {}

  /**
   * The schema that the JSON describes. Characteristics left out have the defaults of RFC 7643
   * §2.2; what is no characteristic is refused, because it is one misspelt.
   *
   * @throws IllegalArgumentException when it is not a schema; the message says why
   */
  public static Schema schema(JsonNode json) {
    fields(json, "the schema", SCHEMA_FIELDS);
    String id = text(json, "id");
    return new Schema(
        id,
        optional(json, "name", id),
        optional(json, "description", ""),
        attributes(json.path("attributes"), ""));
  }

  /**
   * The resource type that the JSON describes.
   *
   * @param schemas where its schemas are found, by URI
   * @throws IllegalArgumentException when it is not a resource type or names an unknown schema
   */
  public static ResourceType resourceType(JsonNode json, Map<String, Schema> schemas) {
    fields(json, "the resource type", TYPE_FIELDS);
    return new ResourceType(
        text(json, "name"),
        text(json, "endpoint"),
        optional(json, "description", ""),
        known(schemas, text(json, "schema")),
        extensions(json, schemas));
  }

  private static List<Extension> extensions(JsonNode json, Map<String, Schema> schemas) {
    List<Extension> extensions = new ArrayList<>();
    for (JsonNode extension : json.path("schemaExtensions")) {
      fields(extension, "a schema extension", Set.of("schema", "required"));
      extensions.add(
          new Extension(
              known(schemas, text(extension, "schema")),
              flag(extension, "required", "the schema extension")));
    }
    return extensions;
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

  private static Attributes attributes(JsonNode json, String prefix) {
    List<Attribute> attributes = new ArrayList<>();
    for (JsonNode attribute : json) {
      attributes.add(attribute(attribute, prefix));
    }
    return attributes.isEmpty() ? Attributes.NONE : new Attributes(attributes);
  }

  private static Attribute attribute(JsonNode json, String prefix) {
    String name = text(json, "name");
    String where = "attribute " + prefix + name;
    fields(json, where, ATTRIBUTE_FIELDS);
    return new Attribute(
        name,
        keyword(AttributeType.values(), t -> t.keyword, json, "type", AttributeType.STRING, where),
        flag(json, "multiValued", where),
        optional(json, "description", ""),
        flag(json, "required", where),
        texts(json, "canonicalValues", where),
        flag(json, "caseExact", where),
        keyword(
            Mutability.values(), m -> m.keyword, json, "mutability", Mutability.READ_WRITE, where),
        keyword(Returned.values(), r -> r.keyword, json, "returned", Returned.DEFAULT, where),
        keyword(Uniqueness.values(), u -> u.keyword, json, "uniqueness", Uniqueness.NONE, where),
        texts(json, "referenceTypes", where),
        attributes(json.path("subAttributes"), prefix + name + "."));
  }

  private static <E> E keyword(
      E[] all, Function<E, String> keyword, JsonNode json, String field, E absent, String where) {
    if (!json.has(field)) {
      return absent;
    }
    String wanted = json.get(field).asText();
    for (E one : all) {
      if (keyword.apply(one).equalsIgnoreCase(wanted)) {
        return one;
      }
    }
    String choice = Stream.of(all).map(keyword).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        where + ": " + field + " cannot be \"" + wanted + "\"; it is one of " + choice);
  }

  private static Schema known(Map<String, Schema> schemas, String uri) {
    Schema schema = schemas.get(uri);
    if (schema == null) {
      throw new IllegalArgumentException("there is no schema " + uri);
    }
    return schema;
  }

  private static void fields(JsonNode json, String what, Set<String> known) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(what + " is an object");
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new IllegalArgumentException(
                    what + ": \"" + name + "\" is unknown; there are " + listed(known));
              }
            });
  }

  private static String listed(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  private static boolean flag(JsonNode json, String field, String where) {
    JsonNode value = json.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new IllegalArgumentException(where + ": " + field + " is true or false");
    }
    return value.asBoolean();
  }

  private static List<String> texts(JsonNode json, String field, String where) {
    List<String> texts = new ArrayList<>();
    JsonNode array = json.path(field);
    boolean strings = array.isMissingNode() || array.isArray();
    for (JsonNode text : array) {
      strings &= text.isTextual();
      texts.add(text.asText());
    }
    if (!strings) {
      throw new IllegalArgumentException(where + ": " + field + " is an array of strings");
    }
    return texts;
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException("\"" + field + "\" is missing");
    }
    return value.textValue();
  }

  private static String optional(JsonNode json, String field, String absent) {
    return json.path(field).isTextual() ? json.get(field).textValue() : absent;
  }
}
