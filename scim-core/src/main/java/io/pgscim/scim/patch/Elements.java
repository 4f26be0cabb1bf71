package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.filter.ValueFilter;
import io.pgscim.scim.patch.Edit.Verb;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.resource.Immutables;
import io.pgscim.scim.resource.SameState;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.resource.Values;
import io.pgscim.scim.schema.Attribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edits of a multi-valued attribute. */
final class Elements {
  /** To see afterwards which have become one, each is compared as a whole. */
  private static final int COMPARED = 3;

  private final Values values;
  private final Tolerance tolerance;
  private final Effort effort = new Effort();

  Elements(Values values, Tolerance tolerance) {
    this.values = values;
    this.tolerance = tolerance;
  }

  void apply(Edit edit, ObjectNode holder) {
    String name = edit.target().attribute().name();
    List<JsonNode> all = new ArrayList<>();
    holder.path(name).forEach(all::add);
    effort.spend(COMPARED * Effort.weight(all));
    Set<JsonNode> touched = identities();
    if (edit.verb() == Verb.REMOVE) {
      remove(edit, all, touched);
    } else if (edit.target().sub() != null) {
      setPart(edit, all, touched);
    } else if (edit.filter() != null) {
      setSelected(edit, all, touched);
    } else {
      setAll(edit, all, touched);
    }
    onePrimary(edit.target(), all, touched);
    all.removeIf(element -> element.isObject() && element.isEmpty());
    Values.atMost(all.size(), edit.target().toString());
    Effort.atMost(all, edit.target());
    holder.set(name, distinct(edit.target().attribute(), all));
  }

  private void remove(Edit edit, List<JsonNode> all, Set<JsonNode> touched) {
    Set<JsonNode> selected = selected(edit, all);
    if (edit.target().sub() != null) {
      for (JsonNode element : selected) {
        Editor.set(Verb.REMOVE, edit.target(), (ObjectNode) element, null, values);
        touched.add(element);
      }
      return;
    }
    if (edit.value() != null) {
      // Entra ID: only these values, whatever the RFC says about a path without a filter.
      ArrayNode named = listed(edit);
      effort.spend(Effort.weight(selected) * named.size());
      selected.removeIf(element -> !names(edit.target().attribute(), named, element));
    }
    all.removeIf(selected::contains);
  }

  private void setAll(Edit edit, List<JsonNode> all, Set<JsonNode> touched) {
    ArrayNode wanted = listed(edit);
    if (edit.verb() == Verb.REPLACE) {
      all.clear();
      wanted.forEach(all::add);
      touched.addAll(all);
      return;
    }
    Attribute attribute = edit.target().attribute();
    Map<Object, JsonNode> present = new HashMap<>();
    all.forEach(element -> present.putIfAbsent(Values.identity(attribute, element), element));
    for (JsonNode element : wanted) {
      JsonNode same = present.putIfAbsent(Values.identity(attribute, element), element);
      if (same instanceof ObjectNode parts) {
        changed(edit, parts, element);
        touched.add(parts);
      } else if (same == null) {
        all.add(element);
        touched.add(element);
      }
    }
  }

  private void setSelected(Edit edit, List<JsonNode> all, Set<JsonNode> touched) {
    Target target = edit.target();
    Attribute main = target.attribute().sub("value");
    if (tolerance.lenient() && main != null && edit.value().isValueNode()) {
      setPart(new Edit(edit.verb(), target.part(main), edit.filter(), edit.value()), all, touched);
      return;
    }
    JsonNode value = values.one(target.attribute(), edit.value(), target.toString());
    Set<JsonNode> selected = selected(edit, all);
    if (selected.isEmpty() && edit.verb() == Verb.REPLACE) {
      throw noTarget(edit);
    }
    if (value == null) {
      // An unassigned value takes the place of what is replaced, and adds nothing.
      all.removeIf(each -> edit.verb() == Verb.REPLACE && selected.contains(each));
      return;
    }
    if (selected.isEmpty()) {
      ObjectNode element = described(edit);
      selected.add(element);
      all.add(element);
    }
    all.replaceAll(each -> selected.contains(each) ? changed(edit, each, value) : each);
    touched.addAll(selected);
  }

  /** Replace puts the value in the element's place; add completes the element by it. */
  private static JsonNode changed(Edit edit, JsonNode element, JsonNode value) {
    if (!(element instanceof ObjectNode parts)) {
      return value;
    }
    ObjectNode before = parts.deepCopy();
    if (edit.verb() == Verb.REPLACE) {
      parts.removeAll();
    }
    parts.setAll((ObjectNode) value);
    Immutables.refuseChange(edit.target().attribute(), before, parts, edit.target().toString());
    return parts;
  }

  private void setPart(Edit edit, List<JsonNode> all, Set<JsonNode> touched) {
    Set<JsonNode> selected = selected(edit, all);
    if (selected.isEmpty()) {
      // RFC 7644 §3.5.2.3 wants noTarget for a replace; Entra ID relies on the element being made.
      if (edit.filter() != null && edit.verb() == Verb.REPLACE && !tolerance.lenient()) {
        throw noTarget(edit);
      }
      ObjectNode element = described(edit);
      selected.add(element);
      all.add(element);
    }
    for (JsonNode element : selected) {
      Editor.set(edit.verb(), edit.target(), (ObjectNode) element, edit.value(), values);
      touched.add(element);
    }
  }

  /** The element that the filter describes, in the spelling of the schema. */
  private ObjectNode described(Edit edit) {
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    if (edit.filter() == null) {
      return element;
    }
    ObjectNode description = ValueFilter.described(edit.filter());
    Attribute attribute = edit.target().attribute();
    if (description == null || !attribute.complex()) {
      throw noTarget(edit);
    }
    ValueFilter.on(whole(edit.target()), edit.filter());
    JsonNode read = values.one(attribute, description, edit.target().toString());
    return read instanceof ObjectNode parts ? parts : element;
  }

  private Set<JsonNode> selected(Edit edit, List<JsonNode> all) {
    Set<JsonNode> selected = identities();
    selected.addAll(all);
    if (edit.filter() != null) {
      Condition each = ValueFilter.on(whole(edit.target()), edit.filter());
      effort.spend(Effort.weight(all) * Effort.comparisons(each));
      selected.removeIf(element -> !ValueFilter.matches(each, element));
    }
    return selected;
  }

  /** Two elements may say the same and still be two. */
  private static Set<JsonNode> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static Target whole(Target target) {
    return target.part(null);
  }

  private ArrayNode listed(Edit edit) {
    Target target = edit.target();
    effort.spend(edit.value().size());
    JsonNode read = values.whole(target.attribute(), edit.value(), target.toString());
    return read == null ? JsonNodeFactory.instance.arrayNode() : (ArrayNode) read;
  }

  /** Whether one of the named values is the element: by its value where it has one. */
  private static boolean names(Attribute attribute, ArrayNode named, JsonNode element) {
    for (JsonNode name : named) {
      boolean same = SameState.of(name, element);
      if (attribute.complex() && name.isObject()) {
        same =
            name.properties().stream()
                .filter(part -> !part.getKey().equals("display"))
                .allMatch(part -> SameState.of(part.getValue(), element.get(part.getKey())));
      }
      if (same) {
        return true;
      }
    }
    return false;
  }

  /** A value that becomes primary ends that of the others (RFC 7644 §3.5.2). */
  private static void onePrimary(Target target, List<JsonNode> all, Set<JsonNode> touched) {
    long fresh = touched.stream().filter(Elements::primary).count();
    if (fresh > 1) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, target + ": primary is true for more than one value");
    }
    for (JsonNode element : all) {
      if (fresh == 1 && primary(element) && !touched.contains(element)) {
        ((ObjectNode) element).put("primary", false);
      }
    }
  }

  private static boolean primary(JsonNode element) {
    return element.path("primary").asBoolean();
  }

  /** Elements that have become one are one. */
  private static ArrayNode distinct(Attribute attribute, List<JsonNode> all) {
    Map<Object, JsonNode> elements = new LinkedHashMap<>();
    for (JsonNode element : all) {
      JsonNode same = elements.putIfAbsent(Values.identity(attribute, element), element);
      if (same instanceof ObjectNode parts) {
        parts.setAll((ObjectNode) element);
      }
    }
    return JsonNodeFactory.instance.arrayNode(elements.size()).addAll(elements.values());
  }

  private static ScimException noTarget(Edit edit) {
    return ScimException.badRequest(
        ScimType.NO_TARGET, edit.target() + " has no value that the filter selects");
  }
}
