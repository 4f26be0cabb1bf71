package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Attributes;
import io.pgscim.scim.schema.Mutability;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;

/** Immutable attributes keep the value they first had (RFC 7643 §7, RFC 7644 §3.5.1). */
public final class Immutables {
  private Immutables() {}

  /**
   * Carries over what the new document does not assert, and refuses what it changes.
   *
   * @param before the document as it was; left alone
   * @param after the document as it shall be; completed
   * @throws ScimException 400 mutability naming the attribute
   */
  public static void keep(ResourceType type, ObjectNode before, ObjectNode after) {
    keep(type.schema().attributes(), before, after, "");
    for (Extension extension : type.extensions()) {
      String uri = extension.schema().id();
      if (before.get(uri) instanceof ObjectNode was) {
        ObjectNode becomes = after.withObjectProperty(uri);
        keep(extension.schema().attributes(), was, becomes, uri + ":");
        if (becomes.isEmpty()) {
          after.remove(uri);
        }
      }
    }
  }

  private static void keep(
      Attributes attributes, ObjectNode before, ObjectNode after, String where) {
    for (Attribute attribute : attributes) {
      JsonNode was = before.get(attribute.name());
      JsonNode becomes = after.get(attribute.name());
      if (attribute.mutability() == Mutability.IMMUTABLE) {
        keepOne(attribute.name(), was, after, where);
      } else if (was instanceof ObjectNode wasParts && becomes instanceof ObjectNode parts) {
        keep(attribute.subAttributes(), wasParts, parts, where + attribute.name() + ".");
      }
    }
  }

  private static void keepOne(String name, JsonNode was, ObjectNode after, String where) {
    if (was == null) {
      return;
    }
    if (after.has(name) && !SameState.of(was, after.get(name))) {
      throw ScimException.badRequest(
          ScimType.MUTABILITY, where + name + " cannot be changed once set");
    }
    after.set(name, was);
  }
}
