package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is true of every resource in every SCIM answer, whatever was asked: looked at for each
 * request that a test makes, because validators written for identity providers do not look at it.
 */
final class Shape {
  private Shape() {}

  /** Fails when something is not as it must be. */
  static void check(HttpResponse<byte[]> http, JsonNode body) {
    String path = http.request().uri().getPath();
    if (!path.startsWith("/scim/") || http.statusCode() >= 300 || !body.isObject()) {
      return;
    }
    String query = http.request().uri().getQuery();
    boolean whole = query == null || !query.toLowerCase(Locale.ROOT).contains("attributes=");
    nothingIsNull(body, path);
    resource(body, whole);
    body.path("Resources")
        .forEach(resource -> resource(resource, whole && http.request().method().equals("GET")));
    body.path("Operations").forEach(done -> resource(done.path("response"), false));
    String location = body.at("/meta/location").asText(null);
    if (location != null) {
      assertThat(http.headers().firstValue("Location").orElse(location)).isEqualTo(location);
    }
  }

  /** RFC 7643 §2.5: what has no value is not there. */
  private static void nothingIsNull(JsonNode value, String where) {
    assertThat(value.isNull()).as("null: " + where).isFalse();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      nothingIsNull(field.getValue(), where + " " + field.getKey());
    }
    if (value.isArray()) {
      value.forEach(element -> nothingIsNull(element, where + "[]"));
    }
  }

  /**
   * @param whole whether it has everything that the server knows about it
   */
  private static void resource(JsonNode resource, boolean whole) {
    String id = resource.path("id").asText("");
    if (id.isEmpty()) {
      return;
    }
    JsonNode location = resource.at("/meta/location");
    if (!location.isMissingNode()) {
      assertThat(location.asText()).as("location of " + id).endsWith("/" + id);
    }
    Set<String> extensions = new HashSet<>();
    for (Map.Entry<String, JsonNode> field : resource.properties()) {
      if (field.getKey().startsWith("urn:")) {
        extensions.add(field.getKey());
        assertThat(field.getValue()).as(field.getKey()).isNotEmpty();
      }
    }
    Set<String> named = new HashSet<>();
    resource.path("schemas").forEach(schema -> named.add(schema.asText()));
    assertThat(named).as("schemas of " + id).containsAll(extensions);
    if (whole) {
      assertThat(named).as("schemas of " + id).hasSize(1 + extensions.size());
    }
  }
}
