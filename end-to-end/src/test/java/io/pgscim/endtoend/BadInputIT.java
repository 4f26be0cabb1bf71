package io.pgscim.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BadInputIT {
  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  private final Stack stack = Stack.running();
  private final Scim scim = stack.scim();

  /** One bad request and the statuses that are right for it. */
  private record Bad(
      String what,
      String method,
      String path,
      byte[] body,
      String authorization,
      Integer... statuses) {}

  private Stream<Bad> requests() {
    String token = "Bearer " + stack.token();
    byte[] fine =
        Scim.user(PushBecomesGrantIT.unique("bad")).toString().getBytes(StandardCharsets.UTF_8);
    byte[] huge = new byte[40 * 1024 * 1024];
    Arrays.fill(huge, (byte) ' ');
    String deep = "[".repeat(5000) + "]".repeat(5000);
    return Stream.of(
        new Bad("malformed JSON", "POST", "/Users", bytes("{\"userName\": "), token, 400),
        new Bad("no JSON at all", "POST", "/Users", bytes(""), token, 400),
        new Bad("an array", "POST", "/Users", bytes("[]"), token, 400),
        new Bad(
            "invalid UTF-8",
            "POST",
            "/Users",
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            token,
            400),
        new Bad("wrong type", "POST", "/Users", user("\"userName\": {\"a\": 1}"), token, 400),
        new Bad(
            "wrong type inside",
            "POST",
            "/Users",
            user("\"userName\": \"x\", \"emails\": [{\"value\": {}}]"),
            token,
            400),
        new Bad(
            "active is no boolean",
            "POST",
            "/Users",
            user("\"userName\": \"x\", \"active\": \"maybe\""),
            token,
            400),
        new Bad("no userName", "POST", "/Users", user("\"displayName\": \"x\""), token, 400),
        new Bad("U+0000", "POST", "/Users", user("\"userName\": \"a\\u0000b\""), token, 400),
        new Bad(
            "deep nesting", "POST", "/Users", bytes("{\"userName\": " + deep + "}"), token, 400),
        new Bad("40 MB", "POST", "/Users", huge, token, 413),
        new Bad("unknown resource", "GET", "/Users/no-such-id", new byte[0], token, 404),
        new Bad("unknown resource to change", "PATCH", "/Users/no-such-id", patch(), token, 404),
        new Bad("unknown endpoint", "GET", "/Printers", new byte[0], token, 404),
        new Bad("unsupported method", "PUT", "/Users", fine, token, 404, 405),
        new Bad("bad filter", "GET", "/Users?filter=userName%20eq", new byte[0], token, 400),
        new Bad(
            "bad patch",
            "PATCH",
            "/Users/no-such-id",
            bytes("{\"Operations\": 7}"),
            token,
            400,
            404),
        new Bad("no token", "POST", "/Users", fine, null, 401),
        new Bad("wrong token", "POST", "/Users", fine, "Bearer wrong", 401),
        new Bad("wrong scheme", "POST", "/Users", fine, "Basic d3Jvbmc6d3Jvbmc=", 401),
        new Bad("wrong token, discovery", "GET", "/Schemas", new byte[0], "Bearer wrong", 401));
  }

  @Test
  void everyBadRequestGetsAScimErrorAndLeavesNoTrace() throws Exception {
    stack.settle();
    long events = stack.topics().written("identity-events");
    long people = people();

    for (Bad bad : requests().toList()) {
      Scim.Answer answer = scim.sendRaw(bad.method(), bad.path(), bad.body(), bad.authorization());

      assertThat(List.of(bad.statuses())).as(bad.what()).contains(answer.status());
      assertThat(answer.body().path("schemas").path(0).asText()).as(bad.what()).isEqualTo(ERROR);
      assertThat(answer.body().path("status").asText())
          .as(bad.what())
          .isEqualTo("" + answer.status());
      assertThat(answer.body().path("detail").asText()).as(bad.what()).isNotBlank();
      assertThat(answer.raw().headers().firstValue("Content-Type").orElse(""))
          .as(bad.what())
          .startsWith("application/scim+json");
      if (answer.status() == 401) {
        assertThat(answer.raw().headers().firstValue("WWW-Authenticate"))
            .as(bad.what())
            .isPresent();
      }
    }

    stack.settle();
    assertThat(stack.topics().written("identity-events")).isEqualTo(events);
    assertThat(people()).isEqualTo(people);
  }

  private long people() {
    return scim.send("GET", "/Users?count=0", null)
        .expect(200)
        .body()
        .path("totalResults")
        .asLong();
  }

  private static byte[] user(String attributes) {
    return bytes("{\"schemas\": [\"" + Scim.USER + "\"], " + attributes + "}");
  }

  private static byte[] patch() {
    return bytes(
        "{\"schemas\": [\""
            + Scim.PATCH
            + "\"], \"Operations\": [{\"op\": \"replace\", \"path\": \"active\", \"value\": false}]}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
