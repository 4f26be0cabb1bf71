package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.errors.ScimErrors;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.scim.ScimException;

/** How an operation ended, as a bulk response says it (RFC 7644 §3.7.3). */
public final class BulkResult {
  private BulkResult() {}

  /**
   * @param location the resource
   */
  public static ObjectNode success(String method, Answer answer, String location) {
    ObjectNode json = about(method, location);
    // What is gone has no version.
    if (answer.etag() != null && !method.equals("DELETE")) {
      json.put("version", answer.etag());
    }
    return json.put("status", Integer.toString(answer.status()));
  }

  /**
   * @param location the resource; null for a POST, and for a path that names none
   */
  public static ObjectNode failure(String method, ScimException error, String location) {
    ObjectNode json = about(method, location);
    json.put("status", Integer.toString(error.status()));
    json.set("response", ScimErrors.json(error));
    return json;
  }

  /** Whether the result is an error. */
  public static boolean isFailure(ObjectNode result) {
    return Integer.parseInt(result.get("status").asText()) >= 300;
  }

  private static ObjectNode about(String method, String location) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (location != null) {
      json.put("location", location);
    }
    return json.put("method", method);
  }
}
