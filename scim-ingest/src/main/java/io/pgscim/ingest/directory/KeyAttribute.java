package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.AttributeType;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Uniqueness;

/**
 * The attribute by which resources of a type are found, which the directory keeps in a column of
 * its own: the first that the schema says is unique, else {@code displayName}.
 *
 * @param attribute null when the type has none
 */
public record KeyAttribute(Attribute attribute, boolean unique) {

  /** The one of that type. */
  public static KeyAttribute of(ResourceType type) {
    for (Attribute attribute : type.schema().attributes().unique()) {
      if (attribute.uniqueness() != Uniqueness.NONE && simpleText(attribute)) {
        return new KeyAttribute(attribute, true);
      }
    }
    Attribute displayName = type.schema().attributes().named("displayName");
    return new KeyAttribute(
        displayName != null && simpleText(displayName) ? displayName : null, false);
  }

  private static boolean simpleText(Attribute attribute) {
    return attribute.type() == AttributeType.STRING && !attribute.multiValued();
  }

  /** Its value in a document in comparable form; null when there is none. */
  String of(ObjectNode comparable) {
    return attribute == null ? null : comparable.path(attribute.name()).textValue();
  }

  /** Whether the target is this attribute. */
  boolean is(Target target) {
    return attribute != null && target.extension() == null && attribute.equals(target.attribute());
  }
}
