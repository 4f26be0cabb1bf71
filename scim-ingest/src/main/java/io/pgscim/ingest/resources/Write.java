package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.schema.ResourceType;

/**
 * What a request does to a resource, whichever way it came: by itself, in bulk or to be done later.
 */
public sealed interface Write {
  /**
   * What the method does at a place; null when it does nothing there.
   *
   * @param id null for the endpoint of the type
   */
  static Write of(String method, ResourceType type, String id, ObjectNode body) {
    if (id == null) {
      return method.equals("POST") ? new Create(type, body) : null;
    }
    return switch (method) {
      case "PUT" -> new Replace(type, id, body);
      case "PATCH" -> new Modify(type, id, body);
      case "DELETE" -> new Delete(type, id);
      default -> null;
    };
  }

  /** POST (RFC 7644 §3.3). */
  record Create(ResourceType type, ObjectNode body) implements Write {}

  /** PUT (§3.5.1). */
  record Replace(ResourceType type, String id, ObjectNode body) implements Write {}

  /** PATCH (§3.5.2). */
  record Modify(ResourceType type, String id, ObjectNode body) implements Write {}

  /** DELETE (§3.6). */
  record Delete(ResourceType type, String id) implements Write {}
}
