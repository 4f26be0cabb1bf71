package io.pgscim.scim.schema;

import java.util.Objects;

/**
 * A schema (RFC 7643 §7).
 *
 * @param id its URI
 */
public record Schema(String id, String name, String description, Attributes attributes) {

  /** The URI of the schema of schemas. */
  public static final String URI = "urn:ietf:params:scim:schemas:core:2.0:Schema";

  public Schema {
    if (id == null || id.isBlank() || id.indexOf(':') < 0) {
      throw new IllegalArgumentException("a schema's id is a URI");
    }
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(attributes, "attributes");
  }
}
