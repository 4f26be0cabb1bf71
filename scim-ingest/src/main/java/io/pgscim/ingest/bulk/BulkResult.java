package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.errors.ScimErrors;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.scim.ScimException;

/** How an operation ended, as a bulk response says it (RFC 7644 §3.7.3). */
final class BulkResult {
  private BulkResult() {}

  /**
   * @param location the resource
   */
  static ObjectNode success(BulkOperation operation, Answer answer, String location) {
    ObjectNode json = about(operation, location);
    if (answer.etag() != null) {
      json.put("version", answer.etag());
    }
    return json.put("status", Integer.toString(answer.status()));
  }

  /**
   * @param location the resource; null for a POST, and for a path that names none
   */
  static ObjectNode failure(BulkOperation operation, ScimException error, String location) {
    ObjectNode json = about(operation, location);
    json.put("status", Integer.toString(error.status()));
    json.set("response", ScimErrors.json(error));
    return json;
  }

  private static ObjectNode about(BulkOperation operation, String location) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (location != null) {
      json.put("location", location);
    }
    json.put("method", operation.method());
    if (operation.bulkId() != null) {
      json.put("bulkId", operation.bulkId());
    }
    return json;
  }
}
