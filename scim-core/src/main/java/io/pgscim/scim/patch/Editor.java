package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.patch.Edit.Verb;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.resource.Values;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Mutability;
import java.util.Map;

/** Applies edits to a document, one after the other, each to what the one before left. */
final class Editor {
  private final ObjectNode document;
  private final Values values;
  private final Elements elements;

  Editor(ObjectNode document, Tolerance tolerance) {
    this.document = document;
    this.values = new Values(tolerance);
    this.elements = new Elements(values, tolerance);
  }

  void apply(Edit edit) {
    Target target = edit.target();
    if (target.is(Mutability.WRITE_ONLY)) {
      // Never kept: only its type is checked.
      values.whole(target.leaf(), edit.value(), target.toString());
      return;
    }
    ObjectNode holder = holder(target);
    if (target.attribute().multiValued()) {
      elements.apply(edit, holder);
    } else if (target.sub() != null) {
      part(edit, holder);
    } else {
      whole(edit, holder);
    }
    tidy(target, holder);
  }

  private ObjectNode holder(Target target) {
    return target.extension() == null
        ? document
        : document.withObjectProperty(target.extension().id());
  }

  /** What holds nothing is not there (RFC 7643 §2.5). */
  private void tidy(Target target, ObjectNode holder) {
    String name = target.attribute().name();
    JsonNode value = holder.get(name);
    if (value != null && value.isContainerNode() && value.isEmpty()) {
      holder.remove(name);
    }
    if (holder != document && holder.isEmpty()) {
      document.remove(target.extension().id());
    }
  }

  private void whole(Edit edit, ObjectNode holder) {
    Attribute attribute = edit.target().attribute();
    if (edit.verb() == Verb.REMOVE) {
      holder.remove(attribute.name());
      return;
    }
    JsonNode value = values.whole(attribute, edit.value(), edit.target().toString());
    if (edit.value().isObject() && holder.get(attribute.name()) instanceof ObjectNode parts) {
      // A complex value names the parts that change and leaves the others (§3.5.2.1, §3.5.2.3).
      unassign(attribute, parts, edit.value());
      if (value != null) {
        parts.setAll((ObjectNode) value);
      }
    } else if (value != null) {
      holder.set(attribute.name(), value);
    } else if (edit.verb() == Verb.REPLACE) {
      holder.remove(attribute.name());
    }
  }

  /** The parts that the value sets to null. */
  static void unassign(Attribute attribute, ObjectNode parts, JsonNode value) {
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      Attribute sub = attribute.sub(field.getKey());
      if (sub != null
          && sub.mutability() != Mutability.READ_ONLY
          && Values.unassigned(field.getValue())) {
        remove(parts, sub, attribute.name() + "." + sub.name());
      }
    }
  }

  private void part(Edit edit, ObjectNode holder) {
    Target target = edit.target();
    ObjectNode parts =
        holder.get(target.attribute().name()) instanceof ObjectNode present
            ? present
            : JsonNodeFactory.instance.objectNode();
    set(edit.verb(), target, parts, edit.value(), values);
    holder.set(target.attribute().name(), parts);
  }

  /** Sets or removes one part of a complex value. */
  static void set(Verb verb, Target target, ObjectNode parts, JsonNode value, Values values) {
    Attribute sub = target.sub();
    JsonNode read = verb == Verb.REMOVE ? null : values.whole(sub, value, target.toString());
    if (sub.mutability() == Mutability.IMMUTABLE
        && parts.has(sub.name())
        && !parts.get(sub.name()).equals(read)) {
      throw ScimException.badRequest(ScimType.MUTABILITY, target + " is immutable");
    }
    if (read != null) {
      parts.set(sub.name(), read);
    } else if (verb != Verb.ADD) {
      remove(parts, sub, target.toString());
    }
  }

  /** What is required cannot be taken away (RFC 7644 §3.5.2.2). */
  private static void remove(ObjectNode parts, Attribute sub, String where) {
    if (sub.required() && parts.has(sub.name())) {
      throw ScimException.badRequest(ScimType.MUTABILITY, where + " is required");
    }
    parts.remove(sub.name());
  }
}
