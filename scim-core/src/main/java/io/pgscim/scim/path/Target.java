package io.pgscim.scim.path;

import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Mutability;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import io.pgscim.scim.schema.Returned;
import io.pgscim.scim.schema.Schema;

/**
 * What a path means in a resource type.
 *
 * @param extension the extension that holds the attribute; null for core and common attributes
 * @param attribute null for the whole extension
 * @param sub null for the whole attribute
 */
public record Target(Schema extension, Attribute attribute, Attribute sub) {

  public Target {
    if (extension == null && attribute == null || attribute == null && sub != null) {
      throw new IllegalArgumentException("a target is an extension, an attribute or a part of one");
    }
  }

  /**
   * What the path means; null when the type has no such attribute. Names are found in any case; an
   * extension's attribute is found without its URN where no core attribute has its name.
   */
  public static Target find(ResourceType type, AttributePath path) {
    if (path.schema() == null || path.schema().equalsIgnoreCase(type.schema().id())) {
      Target core = in(null, type.attribute(path.attribute()), path.sub());
      return core != null || path.schema() != null ? core : inAnyExtension(type, path);
    }
    Extension extension = type.extension(path.schema());
    return extension != null
        ? in(
            extension.schema(), extension.schema().attributes().named(path.attribute()), path.sub())
        : bareUrn(type, path);
  }

  /** {@code urn:…:User} alone is the extension; {@code urn:…:User.department} a part of it. */
  private static Target bareUrn(ResourceType type, AttributePath path) {
    Extension extension = type.extension(path.schema() + ":" + path.attribute());
    if (extension == null) {
      return null;
    }
    return path.sub() == null
        ? new Target(extension.schema(), null, null)
        : in(extension.schema(), extension.schema().attributes().named(path.sub()), null);
  }

  private static Target inAnyExtension(ResourceType type, AttributePath path) {
    for (Extension extension : type.extensions()) {
      Schema schema = extension.schema();
      Target found = in(schema, schema.attributes().named(path.attribute()), path.sub());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Target in(Schema extension, Attribute attribute, String subName) {
    if (attribute == null) {
      return null;
    }
    Attribute sub = subName == null ? null : attribute.sub(subName);
    return subName != null && sub == null ? null : new Target(extension, attribute, sub);
  }

  /** The attribute that holds the value: the sub-attribute when there is one. */
  public Attribute leaf() {
    return sub == null ? attribute : sub;
  }

  /**
   * Whether no answer ever shows it, so that neither a filter nor an order may tell about it; the
   * whole extension is not hidden.
   */
  public boolean hidden() {
    return attribute != null && (hidden(attribute) || sub != null && hidden(sub));
  }

  private static boolean hidden(Attribute attribute) {
    return attribute.returned() == Returned.NEVER
        || attribute.mutability() == Mutability.WRITE_ONLY;
  }

  /** Whether the attribute, or the part of it that is meant, has that mutability. */
  public boolean is(Mutability mutability) {
    return attribute.mutability() == mutability || sub != null && sub.mutability() == mutability;
  }

  /** The same attribute, narrowed to a sub-attribute. */
  public Target part(Attribute subAttribute) {
    return new Target(extension, attribute, subAttribute);
  }

  /** The name in standard notation, as the schema spells it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (extension != null) {
      text.append(extension.id());
    }
    if (attribute != null) {
      text.append(extension == null ? "" : ":").append(attribute.name());
    }
    if (sub != null) {
      text.append('.').append(sub.name());
    }
    return text.toString();
  }
}
