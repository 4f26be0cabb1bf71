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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
    JsonNode schemas = null;
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      String name = field.getKey();
      Extension extension = type.extension(name);
      if (extension != null) {
        extend(document, extension, field.getValue());
      } else if (name.equalsIgnoreCase("schemas")) {
        schemas = field.getValue();
      } else if (!name.equalsIgnoreCase(type.membership())) {
        assign(document, type.attribute(name), field.getValue(), name, null);
      }
    }
    checkSchemas(schemas, document);
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
      throw Values.syntax(uri + " is given twice");
    }
  }

  private void assign(
      ObjectNode into, Attribute attribute, JsonNode value, String name, String uri) {
    if (attribute == null) {
      if (!tolerance.lenient()) {
        throw Values.syntax(
            "there is no attribute "
                + Values.shown(name)
                + " in "
                + (uri == null ? type.name() : uri));
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
      throw Values.syntax(where + " is given twice");
    }
  }

  /** RFC 7643 §3: the schemas are named, all that are used, once each, and no other. */
  private void checkSchemas(JsonNode schemas, ObjectNode document) {
    if (schemas == null && tolerance.lenient()) {
      return;
    }
    if (schemas == null) {
      throw Values.syntax("schemas is required");
    }
    Set<String> named = new HashSet<>();
    boolean uris = schemas.isArray();
    boolean once = true;
    for (JsonNode schema : schemas) {
      uris &= schema.isTextual();
      once &= named.add(schema.asText().toLowerCase(Locale.ROOT));
    }
    if (!uris) {
      throw Values.syntax("schemas is an array of URIs");
    }
    if (!tolerance.lenient()) {
      if (!once) {
        throw Values.syntax("schemas names a schema twice");
      }
      nameAll(named, document);
    }
  }

  private void nameAll(Set<String> named, ObjectNode document) {
    List<String> known = new ArrayList<>(List.of(type.schema().id()));
    List<String> used = new ArrayList<>(known);
    for (Extension extension : type.extensions()) {
      known.add(extension.schema().id());
      if (document.has(extension.schema().id())) {
        used.add(extension.schema().id());
      }
    }
    for (String uri : used) {
      if (!named.contains(uri.toLowerCase(Locale.ROOT))) {
        throw Values.syntax("schemas must hold " + uri);
      }
    }
    for (String name : named) {
      if (known.stream().noneMatch(name::equalsIgnoreCase)) {
        throw Values.syntax(type.name() + " has no schema " + Values.shown(name));
      }
    }
  }

  private static void require(
      Attributes attributes, JsonNode document, String prefix, ScimType missing) {
    for (Attribute attribute : attributes.requiring()) {
      JsonNode value = document.path(attribute.name());
      String where = prefix + attribute.name();
      if (!Values.unassigned(value)) {
        requireWithin(attribute, value, where);
      } else if (attribute.required()) {
        throw ScimException.badRequest(missing, where + " is required");
      }
    }
  }

  private static void requireWithin(Attribute attribute, JsonNode value, String where) {
    if (attribute.required() && value.isTextual() && value.textValue().isBlank()) {
      throw Values.error(where + " is required and cannot be blank");
    }
    if (attribute.complex()) {
      for (JsonNode element : value.isArray() ? value : List.of(value)) {
        require(attribute.subAttributes(), element, where + ".", ScimType.INVALID_VALUE);
      }
    }
  }
}
