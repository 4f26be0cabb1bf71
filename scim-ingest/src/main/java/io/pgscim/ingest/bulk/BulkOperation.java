package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * One operation of a bulk request, as it was sent: what is wrong with it is its own error, not that
 * of the request.
 *
 * @param index its place in the request, from 0
 * @param bulkId what other operations call the resource that it creates; null for none
 * @param version the entity tag that the resource must have; null for any
 */
record BulkOperation(
    int index, String method, String bulkId, String path, String version, ObjectNode data) {
  private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");

  static BulkOperation of(int index, JsonNode json) {
    return new BulkOperation(
        index,
        text(json, "method").toUpperCase(Locale.ROOT),
        json.path("bulkId").textValue(),
        text(json, "path"),
        json.path("version").textValue(),
        data(json.path("data")));
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText("");
  }

  /** Some clients follow the RFC's example (§3.7.3), where a PATCH has its operations bare. */
  private static ObjectNode data(JsonNode data) {
    if (data.isArray()) {
      return JsonNodeFactory.instance.objectNode().set("Operations", data);
    }
    return data instanceof ObjectNode object ? object : null;
  }

  boolean creates() {
    return method.equals("POST");
  }

  /** The operations whose results it names. */
  Set<String> references() {
    Set<String> references = new LinkedHashSet<>();
    if (data != null) {
      References.in(data, references);
    }
    References.in(path, references);
    return references;
  }

  /**
   * Checks what can be seen without looking at anything else.
   *
   * @throws ScimException 400
   */
  void check() {
    if (!METHODS.contains(method)) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "method is POST, PUT, PATCH or DELETE");
    }
    if (path.isEmpty()) {
      throw invalid("path is required");
    }
    if (creates() && (bulkId == null || bulkId.isEmpty())) {
      throw invalid("bulkId is required for POST");
    }
    if (data == null && !method.equals("DELETE")) {
      throw invalid("data is required for " + method + ", and is an object");
    }
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }
}
