package io.pgscim.scim.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.path.AttributePath;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Attributes;
import io.pgscim.scim.schema.CommonAttributes;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import io.pgscim.scim.schema.Returned;
import io.pgscim.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a resource is shown: the attributes asked for, or all but those excluded, and always
 * those whose {@code returned} says so (RFC 7643 §7, RFC 7644 §3.9).
 */
public final class Projection {
  private final ResourceType type;
  private final boolean only;
  private final List<Target> named;
  private final List<Target> written;

  private Projection(ResourceType type, boolean only, List<Target> named, List<Target> written) {
    this.type = type;
    this.only = only;
    this.named = named;
    this.written = List.copyOf(written);
  }

  /** Everything that is returned by default. */
  public static Projection all(ResourceType type) {
    return new Projection(type, false, List.of(), List.of());
  }

  /**
   * What the query parameters ask for; names that the type does not have are ignored.
   *
   * @param attributes comma-separated names, or null
   * @param excludedAttributes comma-separated names, or null
   * @throws ScimException 400 invalidValue when both are given
   */
  public static Projection of(ResourceType type, String attributes, String excludedAttributes) {
    boolean only = attributes != null && !attributes.isBlank();
    boolean without = excludedAttributes != null && !excludedAttributes.isBlank();
    if (only && without) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "attributes and excludedAttributes exclude each other");
    }
    if (!only && !without) {
      return all(type);
    }
    List<Target> named = new ArrayList<>();
    for (String name : (only ? attributes : excludedAttributes).split(",")) {
      AttributePath path = AttributePath.parse(name.strip());
      Target target = path == null ? null : Target.find(type, path);
      if (target != null) {
        named.add(target);
      }
    }
    return new Projection(type, only, named, List.of());
  }

  /**
   * For the answer to a write: what is returned on request is also shown when the write spoke of it
   * (RFC 7643 §7).
   */
  public Projection afterWriting(List<Target> targets) {
    return new Projection(type, only, named, targets);
  }

  /** For the answer to a POST or PUT of this document. */
  public Projection afterWriting(ObjectNode document) {
    List<Target> targets = new ArrayList<>();
    written(null, type.schema(), document, targets);
    for (Extension extension : type.extensions()) {
      if (document.get(extension.schema().id()) instanceof ObjectNode part) {
        written(extension.schema(), extension.schema(), part, targets);
      }
    }
    return targets.isEmpty() ? this : afterWriting(targets);
  }

  private static void written(
      Schema extension, Schema schema, ObjectNode document, List<Target> targets) {
    for (Attribute attribute : schema.attributes()) {
      boolean onRequest = attribute.returned() == Returned.REQUEST || hasParts(attribute);
      if (onRequest && document.has(attribute.name())) {
        targets.add(new Target(extension, attribute, null));
      }
    }
  }

  /** Whether the core or common attribute is shown at all, so that nobody need fetch it else. */
  public boolean shows(String attribute) {
    return shown(null, type.attribute(attribute), null) != Shown.NOTHING;
  }

  /** Whether the core or common attribute is shown with everything in it. */
  public boolean showsWhole(String attribute) {
    return shown(null, type.attribute(attribute), null) == Shown.WHOLE;
  }

  /** The resource as it is shown; the one given is left alone. */
  public ObjectNode of(ObjectNode resource) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    copy(null, CommonAttributes.ALL, resource, shown);
    copy(null, type.schema().attributes(), resource, shown);
    for (Extension extension : type.extensions()) {
      String uri = extension.schema().id();
      if (resource.get(uri) instanceof ObjectNode part) {
        ObjectNode shownPart = JsonNodeFactory.instance.objectNode();
        copy(extension, extension.schema().attributes(), part, shownPart);
        if (!shownPart.isEmpty()) {
          shown.set(uri, shownPart);
        }
      }
    }
    return shown;
  }

  /** What of it may be shown to anybody at all; the object given is left alone. */
  public static ObjectNode readable(Attributes attributes, ObjectNode object) {
    ObjectNode readable = JsonNodeFactory.instance.objectNode();
    for (Attribute attribute : attributes) {
      JsonNode value = object.get(attribute.name());
      if (value != null && attribute.returned() != Returned.NEVER) {
        readable.set(attribute.name(), hasParts(attribute) ? readable(attribute, value) : value);
      }
    }
    return readable;
  }

  private static JsonNode readable(Attribute attribute, JsonNode value) {
    if (value instanceof ObjectNode parts) {
      return readable(attribute.subAttributes(), parts);
    }
    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
    value.forEach(element -> elements.add(readable(attribute, element)));
    return elements;
  }

  private void copy(Extension extension, Attributes attributes, ObjectNode from, ObjectNode to) {
    for (Attribute attribute : attributes) {
      JsonNode value = from.get(attribute.name());
      if (value != null) {
        switch (shown(extension, attribute, null)) {
          case WHOLE -> to.set(attribute.name(), value);
          case PARTS -> setParts(extension, attribute, value, to);
          case NOTHING -> {}
        }
      }
    }
  }

  private void setParts(Extension extension, Attribute attribute, JsonNode value, ObjectNode to) {
    if (value instanceof ObjectNode object) {
      JsonNode parts = parts(extension, attribute, object);
      if (!parts.isEmpty()) {
        to.set(attribute.name(), parts);
      }
    } else if (value.isArray()) {
      ArrayNode elements = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : value) {
        JsonNode shown =
            element instanceof ObjectNode object ? parts(extension, attribute, object) : element;
        if (!shown.isObject() || !shown.isEmpty()) {
          elements.add(shown);
        }
      }
      if (!elements.isEmpty()) {
        to.set(attribute.name(), elements);
      }
    }
  }

  private ObjectNode parts(Extension extension, Attribute attribute, ObjectNode value) {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    for (Attribute sub : attribute.subAttributes()) {
      JsonNode part = value.get(sub.name());
      if (part != null && shown(extension, attribute, sub) != Shown.NOTHING) {
        parts.set(sub.name(), part);
      }
    }
    return parts;
  }

  private enum Shown {
    WHOLE,
    PARTS,
    NOTHING
  }

  private Shown shown(Extension extension, Attribute attribute, Attribute sub) {
    Attribute leaf = sub == null ? attribute : sub;
    return switch (leaf.returned()) {
      case ALWAYS -> sub == null && hasParts(attribute) ? Shown.PARTS : Shown.WHOLE;
      case NEVER -> Shown.NOTHING;
      case REQUEST -> asked(only ? named : written, extension, attribute, sub);
      case DEFAULT ->
          sub != null && attribute.returned() == Returned.ALWAYS
              ? Shown.WHOLE
              : only ? asked(named, extension, attribute, sub) : kept(extension, attribute, sub);
    };
  }

  private static Shown asked(
      List<Target> targets, Extension extension, Attribute attribute, Attribute sub) {
    Shown shown = Shown.NOTHING;
    for (Target target : targets) {
      if (within(target, extension, attribute)) {
        if (target.sub() == null || target.sub().equals(sub)) {
          return sub == null && hasParts(attribute) ? Shown.PARTS : Shown.WHOLE;
        }
        shown = sub == null ? Shown.PARTS : shown;
      }
    }
    return shown;
  }

  private Shown kept(Extension extension, Attribute attribute, Attribute sub) {
    boolean parts = sub == null && hasParts(attribute);
    for (Target target : named) {
      if (within(target, extension, attribute)) {
        if (target.sub() == null || target.sub().equals(sub)) {
          return Shown.NOTHING;
        }
        parts |= sub == null;
      }
    }
    return parts ? Shown.PARTS : Shown.WHOLE;
  }

  /** Whether some sub-attribute has a returned of its own, so that parts must be looked at. */
  private static boolean hasParts(Attribute attribute) {
    for (Attribute sub : attribute.subAttributes()) {
      if (sub.returned() != Returned.DEFAULT) {
        return true;
      }
    }
    return false;
  }

  /** Whether the target is in, or is, that attribute; the whole extension is all its attributes. */
  private static boolean within(Target target, Extension extension, Attribute attribute) {
    boolean sameSchema =
        target.extension() == null
            ? extension == null
            : extension != null && target.extension().id().equals(extension.schema().id());
    return sameSchema && (target.attribute() == null || target.attribute().equals(attribute));
  }
}
