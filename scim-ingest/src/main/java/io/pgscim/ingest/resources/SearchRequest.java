package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The body of a query by POST: the query parameters of a GET as JSON (RFC 7644 §3.4.3). */
public final class SearchRequest {
  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

  private SearchRequest() {}

  /**
   * The parameters that the body states; others are ignored, as in a URL.
   *
   * @throws ScimException 400 invalidSyntax when it is another message, 400 invalidValue when a
   *     parameter is not of its type
   */
  public static UnaryOperator<String> parameters(ObjectNode body) {
    Message.named(SCHEMA, body);
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        continue;
      }
      switch (field.getKey()) {
        case "attributes", "excludedAttributes" ->
            parameters.put(field.getKey(), names(field.getKey(), value));
        case "filter", "sortBy", "sortOrder", "cursor" ->
            parameters.put(field.getKey(), text(field.getKey(), value));
        case "startIndex", "count" ->
            parameters.put(field.getKey(), integer(field.getKey(), value));
        default -> {}
      }
    }
    return parameters::get;
  }

  private static String names(String name, JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    StringBuilder names = new StringBuilder();
    for (JsonNode each : value) {
      if (!value.isArray() || !each.isTextual()) {
        throw invalid(name + " is an array of strings");
      }
      names.append(names.isEmpty() ? "" : ",").append(each.textValue());
    }
    if (!value.isArray()) {
      throw invalid(name + " is an array of strings");
    }
    return names.toString();
  }

  private static String text(String name, JsonNode value) {
    if (!value.isTextual()) {
      throw invalid(name + " is a string");
    }
    return value.textValue();
  }

  /** Some clients quote numbers; what they quote is read as in a URL. */
  private static String integer(String name, JsonNode value) {
    if (!value.isIntegralNumber() && !value.isTextual()) {
      throw invalid(name + " is an integer");
    }
    return value.asText();
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }
}
