package io.pgscim.scim.schema;

import java.util.List;
import java.util.regex.Pattern;

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
  private static final Pattern ENDPOINT = Pattern.compile("/[A-Za-z][A-Za-z0-9_-]*");

  public ResourceType {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a resource type has a name");
    }
    if (!ENDPOINT.matcher(endpoint).matches()) {
      throw new IllegalArgumentException("resource type " + name + ": endpoint is /Name");
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
