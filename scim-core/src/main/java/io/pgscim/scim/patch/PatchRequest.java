package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.resource.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The body of a PATCH request as operations (RFC 7644 §3.5.2). */
final class PatchRequest {
  static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  /** Most operations in one request; each may hold thousands of values. */
  static final int MAX_OPERATIONS = 5_000;

  private PatchRequest() {}

  /**
   * The operations in order.
   *
   * @throws ScimException 400 with the keyword that suits
   */
  static List<PatchOperation> operations(ObjectNode body, Tolerance tolerance) {
    if (!tolerance.lenient() && !names(body.path("schemas"))) {
      throw syntax("schemas must hold " + SCHEMA);
    }
    JsonNode all = field(body, "Operations");
    if (all == null || !all.isArray() || all.isEmpty()) {
      throw syntax("Operations is an array of one or more operations");
    }
    if (all.size() > MAX_OPERATIONS) {
      throw syntax("a request holds at most " + MAX_OPERATIONS + " operations");
    }
    List<PatchOperation> operations = new ArrayList<>(all.size());
    for (JsonNode operation : all) {
      if (!operation.isObject()) {
        throw syntax("an operation is an object");
      }
      operations.add(operation((ObjectNode) operation));
    }
    return operations;
  }

  private static PatchOperation operation(ObjectNode json) {
    JsonNode op = field(json, "op");
    if (op == null || !op.isTextual()) {
      throw syntax("op is add, remove or replace");
    }
    PatchPath path = path(field(json, "path"));
    JsonNode value = field(json, "value");
    return switch (op.textValue().toLowerCase(Locale.ROOT)) {
      case "add" -> new PatchOperation.Add(path, required(value));
      case "replace" -> new PatchOperation.Replace(path, required(value));
      case "remove" -> remove(path, value);
      default -> throw syntax("op is add, remove or replace");
    };
  }

  private static PatchOperation remove(PatchPath path, JsonNode value) {
    if (path == null) {
      throw ScimException.badRequest(ScimType.NO_TARGET, "remove needs a path");
    }
    return new PatchOperation.Remove(path, value == null || value.isNull() ? null : value);
  }

  private static JsonNode required(JsonNode value) {
    if (value == null) {
      throw ScimException.badRequest(ScimType.INVALID_VALUE, "add and replace need a value");
    }
    return value;
  }

  private static PatchPath path(JsonNode path) {
    if (path == null || path.isNull() || path.isTextual() && path.textValue().isBlank()) {
      return null;
    }
    if (!path.isTextual()) {
      throw PatchPath.invalid("a path is a string");
    }
    return PatchPath.parse(path.textValue());
  }

  /** Names of messages are attribute names: in any case (RFC 7643 §2.1). */
  private static JsonNode field(ObjectNode object, String name) {
    JsonNode exact = object.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return null;
  }

  private static boolean names(JsonNode schemas) {
    for (JsonNode schema : schemas) {
      if (SCHEMA.equalsIgnoreCase(schema.asText())) {
        return true;
      }
    }
    return false;
  }

  private static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, detail);
  }
}
