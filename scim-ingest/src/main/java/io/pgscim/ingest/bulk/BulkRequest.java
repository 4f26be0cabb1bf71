package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.resources.Message;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a bulk request.
 *
 * @param failOnErrors after how many errors to stop
 */
record BulkRequest(int failOnErrors, List<BulkOperation> operations) {
  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  BulkRequest {
    operations = List.copyOf(operations);
  }

  /**
   * Reads a body.
   *
   * @throws ScimException 400, or 413 when there are more operations than the most
   */
  static BulkRequest of(ObjectNode body, int most) {
    Message.named(SCHEMA, body);
    JsonNode all = body.path("Operations");
    if (!all.isArray() || all.isEmpty()) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "Operations is an array of one or more operations");
    }
    if (all.size() > most) {
      throw ScimException.of(413, "the number of operations exceeds maxOperations (" + most + ")");
    }
    List<BulkOperation> operations = new ArrayList<>(all.size());
    for (JsonNode each : all) {
      operations.add(BulkOperation.of(operations.size(), each));
    }
    return new BulkRequest(failOnErrors(body.path("failOnErrors")), operations);
  }

  private static int failOnErrors(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Integer.MAX_VALUE;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw ScimException.badRequest(ScimType.INVALID_VALUE, "failOnErrors is a positive integer");
    }
    return value.intValue();
  }
}
