package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;

/** What the bodies have in common that are no resources (RFC 7644 §3.1). */
public final class Message {
  private Message() {}

  /**
   * Lets a body pass that says it is this message, or does not say what it is.
   *
   * @throws ScimException 400 invalidSyntax
   */
  public static void named(String schema, ObjectNode body) {
    JsonNode schemas = body.path("schemas");
    boolean named = schemas.isMissingNode();
    for (JsonNode each : schemas) {
      named |= schema.equalsIgnoreCase(each.asText());
    }
    if (!named) {
      throw ScimException.badRequest(ScimType.INVALID_SYNTAX, "schemas must hold " + schema);
    }
  }
}
