package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.patch.Edit.Verb;
import io.pgscim.scim.path.AttributePath;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.resource.Values;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Mutability;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what operations are about: each path is looked up, an operation without a path is taken
 * apart into one edit per attribute. There, keys may also be dotted or carry a URN, as Entra ID
 * sends them, and what cannot be changed is passed over, as in PUT, unless strictness is wanted.
 */
final class Edits {
  private final ResourceType type;
  private final Tolerance tolerance;
  private final List<Edit> edits = new ArrayList<>();

  private Edits(ResourceType type, Tolerance tolerance) {
    this.type = type;
    this.tolerance = tolerance;
  }

  static List<Edit> of(ResourceType type, List<PatchOperation> operations, Tolerance tolerance) {
    Edits all = new Edits(type, tolerance);
    for (PatchOperation operation : operations) {
      Verb verb =
          switch (operation) {
            case PatchOperation.Add add -> Verb.ADD;
            case PatchOperation.Remove remove -> Verb.REMOVE;
            case PatchOperation.Replace replace -> Verb.REPLACE;
          };
      if (operation.path() == null) {
        all.wholeResource(verb, operation.value());
      } else {
        all.at(verb, operation.path(), operation.value());
      }
    }
    return all.edits;
  }

  private void wholeResource(Verb verb, JsonNode value) {
    for (Map.Entry<String, JsonNode> field : attributes(value, "without a path the value")) {
      PatchPath path = keyed(field.getKey());
      Target target = path == null ? null : Target.find(type, path.attribute());
      if (target != null && target.attribute() == null) {
        extension(verb, target.extension(), field.getValue());
      } else {
        keyedEdit(verb, isName(path) ? target : null, path, field);
      }
    }
  }

  /** A key is the name of an attribute, says the RFC; lenience takes any path for one. */
  private boolean isName(PatchPath path) {
    return tolerance.lenient()
        || path != null
            && path.filter() == null
            && path.attribute().schema() == null
            && path.attribute().sub() == null;
  }

  private void extension(Verb verb, Schema extension, JsonNode value) {
    if (verb == Verb.REMOVE) {
      for (Attribute attribute : extension.attributes()) {
        edits.add(new Edit(verb, new Target(extension, attribute, null), null, null));
      }
      return;
    }
    for (Map.Entry<String, JsonNode> field : attributes(value, extension.id())) {
      PatchPath path = keyed(field.getKey());
      Target target =
          path == null ? null : Target.find(type, path.attribute().within(extension.id()));
      keyedEdit(verb, isName(path) ? target : null, path, field);
    }
  }

  private Set<Map.Entry<String, JsonNode>> attributes(JsonNode value, String what) {
    JsonNode object = tolerance.lenient() ? Values.unwrapped(value) : value;
    if (!object.isObject()) {
      throw ScimException.badRequest(ScimType.INVALID_VALUE, what + " is an object of attributes");
    }
    return object.properties();
  }

  private void keyedEdit(
      Verb verb, Target target, PatchPath path, Map.Entry<String, JsonNode> field) {
    if (target == null) {
      if (!tolerance.lenient()) {
        throw unknown(field.getKey());
      }
    } else if (!target.is(Mutability.READ_ONLY)) {
      add(verb, target, path, field.getValue());
    } else if (!tolerance.lenient() && !isSchemas(target)) {
      throw readOnly(target);
    }
  }

  /** A key that is no path is an attribute nobody knows. */
  private static PatchPath keyed(String key) {
    if (key.indexOf('[') >= 0) {
      return PatchPath.parse(key);
    }
    AttributePath path = AttributePath.parse(key);
    return path == null ? null : new PatchPath(path, null);
  }

  private void at(Verb verb, PatchPath path, JsonNode value) {
    Target target = Target.find(type, path.attribute());
    if (target == null) {
      throw unknown(path.attribute().toString());
    }
    if (target.attribute() == null) {
      extension(verb, target.extension(), value);
    } else if (isSchemas(target)) {
      return;
    } else if (target.is(Mutability.READ_ONLY)) {
      throw readOnly(target);
    } else {
      add(verb, target, path, value);
    }
  }

  private void add(Verb verb, Target target, PatchPath path, JsonNode value) {
    if (path.filter() != null && !target.attribute().multiValued()) {
      throw PatchPath.invalid(target + " has no elements to select");
    }
    edits.add(new Edit(verb, target, path.filter(), value));
  }

  /** They follow from what the document holds: there is nothing to do. */
  private static boolean isSchemas(Target target) {
    return target.extension() == null && target.attribute().name().equals("schemas");
  }

  private static ScimException readOnly(Target target) {
    return ScimException.badRequest(ScimType.MUTABILITY, target + " is readOnly");
  }

  private static ScimException unknown(String path) {
    // A key may be anything: what is echoed is bounded.
    String shown = path.length() <= 128 ? path : path.substring(0, 128) + "…";
    return PatchPath.invalid("there is no attribute " + JsonNodeFactory.instance.textNode(shown));
  }
}
