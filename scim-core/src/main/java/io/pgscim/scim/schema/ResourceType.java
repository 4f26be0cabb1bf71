package io.pgscim.scim.schema;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind of resource (RFC 7643 §6): data, not code. A further type with its own schema is served
 * like the others.
 *
 * @param endpoint where it is served below the base URL, with its leading slash
 */
public record ResourceType(
    String name, String endpoint, String description, Schema schema, List<Extension> extensions) {

  /** The URI of the schema of resource types. */
  public static final String URI = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";

  private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  public ResourceType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is not the name of a resource type: a letter, then letters and digits");
    }
    if (!endpoint.startsWith("/") || !NAME.matcher(endpoint.substring(1)).matches()) {
      throw new IllegalArgumentException(
          "resource type " + name + ": the endpoint is a slash and a name, as in /" + name + "s");
    }
    for (Attribute attribute : schema.attributes()) {
      if (CommonAttributes.ALL.named(attribute.name()) != null) {
        throw new IllegalArgumentException(
            "resource type " + name + ": " + attribute.name() + " is a common attribute");
      }
    }
    extensions = List.copyOf(extensions);
  }

  /**
   * A schema that extends the base; its attributes stand under its URI.
   *
   * @param required whether every resource of the type has it
   */
  public record Extension(Schema schema, boolean required) {}

  /** Whether the other is this type, whatever extends either. */
  public boolean is(ResourceType other) {
    return schema.id().equals(other.schema.id());
  }

  /** Whether its resources say which groups they are in: {@code groups} of RFC 7643 §4.1.2. */
  public boolean showsGroups() {
    Attribute groups = schema.attributes().named("groups");
    return groups != null
        && groups.mutability() == Mutability.READ_ONLY
        && groups.sub("$ref") != null
        && groups.sub("$ref").referenceTypes().contains("Group");
  }

  /** The same type with further extensions. */
  ResourceType extended(List<Extension> further) {
    return new ResourceType(
        name,
        endpoint,
        description,
        schema,
        Stream.concat(extensions.stream(), further.stream()).toList());
  }

  /**
   * The attribute whose values no document holds, because they are kept one by one: the members of
   * a group, of which there may be a hundred thousand. Null for types without one.
   */
  public String membership() {
    return schema.id().equals(GROUP) ? "members" : null;
  }

  /** The core or common attribute of that name, ignoring case; null when there is none. */
  public Attribute attribute(String attributeName) {
    Attribute core = schema.attributes().named(attributeName);
    return core != null ? core : CommonAttributes.ALL.named(attributeName);
  }

  /** The extension with that URI, ignoring case; null when there is none. */
  public Extension extension(String uri) {
    for (Extension extension : extensions) {
      if (extension.schema().id().equalsIgnoreCase(uri)) {
        return extension;
      }
    }
    return null;
  }
}
