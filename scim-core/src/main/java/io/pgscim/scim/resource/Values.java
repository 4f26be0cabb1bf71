package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.ComparableForm;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Mutability;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A value as sent becomes a value of its attribute's type, spelled as the schema spells it: unknown
 * and read-only parts are gone, so is what is null or empty (RFC 7643 §2.5).
 */
public final class Values {
  /** Most values of one attribute. */
  public static final int MAX_ELEMENTS = 1_000;

  /** Most text in all values of one attribute together, in UTF-16 units. */
  public static final int MAX_TEXT_OF_ALL = 1_048_576;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> DESCRIBING = Set.of("display", "primary", "$ref");

  private final Scalars scalars;
  private final Tolerance tolerance;

  public Values(Tolerance tolerance) {
    this.tolerance = tolerance;
    this.scalars = new Scalars(tolerance);
  }

  /**
   * The whole value of an attribute.
   *
   * @param where the attribute's full name, for the error
   * @return null when the value leaves the attribute unassigned
   * @throws ScimException 400 invalidValue when it is not of the attribute's type
   */
  public JsonNode whole(Attribute attribute, JsonNode value, String where) {
    if (unassigned(value)) {
      return null;
    }
    return attribute.multiValued()
        ? elements(attribute, value, where)
        : one(attribute, value, where);
  }

  /** One value of an attribute: an element of a multi-valued one. */
  public JsonNode one(Attribute attribute, JsonNode value, String where) {
    JsonNode inner = tolerance.lenient() ? unwrapped(value) : value;
    if (unassigned(inner)) {
      return null;
    }
    if (attribute.complex()) {
      return complex(attribute, inner, where);
    }
    if (tolerance.lenient() && inner.isObject() && inner.has("value")) {
      inner = inner.get("value");
    }
    return unassigned(inner) ? null : scalars.read(attribute, inner, where);
  }

  private ArrayNode elements(Attribute attribute, JsonNode value, String where) {
    if (!value.isArray() && !tolerance.lenient()) {
      throw error(where + " is an array");
    }
    atMost(value.size(), where);
    Map<Object, JsonNode> elements = new LinkedHashMap<>();
    for (JsonNode element : value.isArray() ? value : JSON.arrayNode().add(value)) {
      JsonNode read = one(attribute, element, where);
      if (read != null
          && elements.putIfAbsent(identity(attribute, read), read) instanceof ObjectNode same) {
        same.setAll((ObjectNode) read);
      }
    }
    atMostOnePrimary(elements.values(), where);
    return elements.isEmpty() ? null : JSON.arrayNode(elements.size()).addAll(elements.values());
  }

  /**
   * What makes an element the one it is, in comparable form: all but the parts that only describe
   * it. The same value for the same purpose is there once (RFC 7643 §2.4); without its value an
   * element is described by all that it has.
   */
  public static Object identity(Attribute attribute, JsonNode element) {
    JsonNode form = ComparableForm.of(attribute, element);
    boolean valued = attribute.sub("value") == null || form.has("value");
    return SameState.key(
        valued && form instanceof ObjectNode parts ? parts.without(DESCRIBING) : form);
  }

  private ObjectNode complex(Attribute attribute, JsonNode value, String where) {
    if (!value.isObject()) {
      Attribute main = attribute.sub("value");
      if (tolerance.lenient() && main != null && value.isValueNode()) {
        return JSON.objectNode().set(main.name(), whole(main, value, where + ".value"));
      }
      throw error(where + " is an object");
    }
    ObjectNode read = JSON.objectNode();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      Attribute sub = attribute.sub(field.getKey());
      if (sub != null && sub.mutability() != Mutability.READ_ONLY) {
        JsonNode part = whole(sub, field.getValue(), where + "." + sub.name());
        if (part != null && sub.kept() && read.replace(sub.name(), part) != null) {
          throw syntax(where + "." + sub.name() + " is given twice");
        }
      } else if (sub == null && !tolerance.lenient()) {
        throw syntax("there is no attribute " + shown(field.getKey()) + " in " + where);
      }
    }
    return read.isEmpty() ? null : read;
  }

  /**
   * Bounds what one attribute can hold; members, of which there are more, are kept elsewhere.
   *
   * @throws ScimException 400 invalidValue
   */
  public static void atMost(int elements, String where) {
    if (elements > MAX_ELEMENTS) {
      throw error(where + " has more than " + MAX_ELEMENTS + " values");
    }
  }

  /** RFC 7643 §2.4. */
  private static void atMostOnePrimary(Iterable<JsonNode> elements, String where) {
    int primaries = 0;
    for (JsonNode element : elements) {
      primaries += element.path("primary").asBoolean() ? 1 : 0;
    }
    if (primaries > 1) {
      throw error(where + ".primary is true for more than one value");
    }
  }

  /** Null, an empty array and nothing at all mean the same (RFC 7643 §2.5). */
  public static boolean unassigned(JsonNode value) {
    return value == null
        || value.isNull()
        || value.isMissingNode()
        || value.isArray() && value.isEmpty();
  }

  /** Some clients wrap a single value into an array. */
  public static JsonNode unwrapped(JsonNode value) {
    return value.isArray() && value.size() == 1 ? value.get(0) : value;
  }

  /** A name that may be anything: what is echoed is bounded. */
  static String shown(String name) {
    return name.length() <= 128 ? name : name.substring(0, 128) + "…";
  }

  static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, detail);
  }

  static ScimException error(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }
}
