package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Attributes;
import io.pgscim.scim.schema.Mutability;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import java.util.Map;

/**
 * What the body of a POST or PUT says about a resource, as the document that the server keeps.
 *
 * <p>A document spells names as the schemas do and holds only what a client may set and the server
 * keeps: no {@code id}, no {@code meta}, nothing read-only, nothing write-only. Its {@code schemas}
 * are those it uses.
 */
public final class Intake {
  private final ResourceType type;
  private final Tolerance tolerance;
  private final Values values;

  public Intake(ResourceType type, Tolerance tolerance) {
    this.type = type;
    this.tolerance = tolerance;
    this.values = new Values(tolerance);
  }

  /**
   * The document that the body describes.
   *
   * @throws ScimException 400 invalidValue for a value of the wrong type or a required one that is
   *     missing, 400 invalidSyntax for anything else that is wrong
   */
  public ObjectNode document(ObjectNode body) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      String name = field.getKey();
      Extension extension = type.extension(name);
      if (extension != null) {
        extend(document, extension, field.getValue());
      } else if (name.equalsIgnoreCase("schemas")) {
        checkSchemas(field.getValue());
      } else if (!name.equalsIgnoreCase(type.membership())) {
        assign(document, type.attribute(name), field.getValue(), name, null);
      }
    }
    if (!tolerance.lenient() && !body.has("schemas")) {
      throw syntax("schemas is required");
    }
    complete(type, document, ScimType.INVALID_VALUE);
    return document;
  }

  /**
   * States the document's schemas, and checks that what is required is there.
   *
   * @param missing the keyword for a required attribute that is not: invalidValue when it was not
   *     sent, mutability when it was taken away
   * @throws ScimException 400 naming the attribute that is missing
   */
  public static void complete(ResourceType type, ObjectNode document, ScimType missing) {
    require(type.schema().attributes(), document, "", missing);
    for (Extension extension : type.extensions()) {
      String uri = extension.schema().id();
      JsonNode part = document.path(uri);
      if (part.isObject() && part.isEmpty()) {
        document.remove(uri);
      }
      if (extension.required() || document.has(uri)) {
        require(extension.schema().attributes(), document.path(uri), uri + ":", missing);
      }
    }
    document.set("schemas", schemas(type, document));
  }

  private static JsonNode schemas(ResourceType type, ObjectNode document) {
    var schemas = JsonNodeFactory.instance.arrayNode().add(type.schema().id());
    for (Extension extension : type.extensions()) {
      if (document.has(extension.schema().id())) {
        schemas.add(extension.schema().id());
      }
    }
    return schemas;
  }

  private void extend(ObjectNode document, Extension extension, JsonNode value) {
    String uri = extension.schema().id();
    if (Values.unassigned(value)) {
      return;
    }
    if (!value.isObject()) {
      throw Values.error(uri + " is an object");
    }
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      Attribute attribute = extension.schema().attributes().named(field.getKey());
      assign(part, attribute, field.getValue(), field.getKey(), uri);
    }
    if (!part.isEmpty() && document.replace(uri, part) != null) {
      throw syntax(uri + " is given twice");
    }
  }

  private void assign(
      ObjectNode into, Attribute attribute, JsonNode value, String name, String uri) {
    if (attribute == null) {
      if (!tolerance.lenient()) {
        throw syntax("there is no attribute " + name + " in " + (uri == null ? type.name() : uri));
      }
      return;
    }
    if (attribute.mutability() == Mutability.READ_ONLY) {
      return;
    }
    String where = uri == null ? attribute.name() : uri + ":" + attribute.name();
    JsonNode read = values.whole(attribute, value, where);
    if (read == null || attribute.mutability() == Mutability.WRITE_ONLY) {
      return;
    }
    if (into.replace(attribute.name(), read) != null) {
      throw syntax(where + " is given twice");
    }
  }

  private void checkSchemas(JsonNode schemas) {
    boolean uris = schemas.isArray();
    boolean base = false;
    for (JsonNode schema : schemas) {
      uris &= schema.isTextual();
      base |= type.schema().id().equalsIgnoreCase(schema.asText());
    }
    if (!uris) {
      throw syntax("schemas is an array of URIs");
    }
    if (!base && !tolerance.lenient()) {
      throw syntax("schemas must hold " + type.schema().id());
    }
  }

  private static void require(
      Attributes attributes, JsonNode document, String prefix, ScimType missing) {
    for (Attribute attribute : attributes) {
      if (attribute.required() && attribute.mutability() != Mutability.READ_ONLY) {
        JsonNode value = document.path(attribute.name());
        String required = prefix + attribute.name() + " is required";
        if (Values.unassigned(value)) {
          throw ScimException.badRequest(missing, required);
        }
        if (value.isTextual() && value.textValue().isBlank()) {
          throw Values.error(required + " and cannot be blank");
        }
      }
    }
  }

  private static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, detail);
  }
}
