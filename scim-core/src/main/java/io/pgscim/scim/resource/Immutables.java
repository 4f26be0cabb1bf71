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

/** Immutable attributes keep the value they first had (RFC 7643 §7, RFC 7644 §3.5.1). */
public final class Immutables {
  private final boolean silenceKeeps;

  private Immutables(boolean silenceKeeps) {
    this.silenceKeeps = silenceKeeps;
  }

  /**
   * For a PUT: carries over what the new document does not assert, and refuses what it changes.
   *
   * @param before the document as it was; left alone
   * @param after the document as it shall be; completed
   * @throws ScimException 400 mutability naming the attribute
   */
  public static void keep(ResourceType type, ObjectNode before, ObjectNode after) {
    new Immutables(true).check(type, before, after);
  }

  /**
   * For a PATCH: what was there and is not there any more was taken away, which is a change too.
   *
   * @throws ScimException 400 mutability naming the attribute
   */
  public static void refuseChange(ResourceType type, ObjectNode before, ObjectNode after) {
    new Immutables(false).check(type, before, after);
  }

  /**
   * For an element of a multi-valued attribute: it may come and go, but what it has stays.
   *
   * @throws ScimException 400 mutability naming the attribute
   */
  public static void refuseChange(
      Attribute attribute, ObjectNode before, ObjectNode after, String where) {
    new Immutables(false).check(attribute.subAttributes(), before, after, where + ".");
  }

  private void check(ResourceType type, ObjectNode before, ObjectNode after) {
    check(type.schema().attributes(), before, after, "");
    for (Extension extension : type.extensions()) {
      String uri = extension.schema().id();
      if (before.get(uri) instanceof ObjectNode was) {
        checkParts(extension.schema().attributes(), uri, was, after, uri + ":");
      }
    }
  }

  private void check(Attributes attributes, ObjectNode before, ObjectNode after, String where) {
    for (Attribute attribute : attributes) {
      String name = attribute.name();
      JsonNode was = before.get(name);
      if (was != null && attribute.mutability() == Mutability.IMMUTABLE) {
        checkOne(name, was, after, where);
      } else if (was instanceof ObjectNode parts) {
        checkParts(attribute.subAttributes(), name, parts, after, where + name + ".");
      }
    }
  }

  private void checkParts(
      Attributes attributes, String name, ObjectNode was, ObjectNode after, String where) {
    ObjectNode parts =
        after.get(name) instanceof ObjectNode present
            ? present
            : JsonNodeFactory.instance.objectNode();
    check(attributes, was, parts, where);
    if (!parts.isEmpty()) {
      after.set(name, parts);
    }
  }

  private void checkOne(String name, JsonNode was, ObjectNode after, String where) {
    if (after.has(name) ? !SameState.of(was, after.get(name)) : !silenceKeeps) {
      throw ScimException.badRequest(
          ScimType.MUTABILITY, where + name + " cannot be changed once set");
    }
    after.set(name, was);
  }
}
