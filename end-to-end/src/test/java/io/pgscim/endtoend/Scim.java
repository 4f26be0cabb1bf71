package io.pgscim.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An identity provider: pushes people and groups over HTTP. */
public final class Scim {
  static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String base;
  private final String token;

  Scim(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /** Status and body of an answer; the body is null when there is none. */
  public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {
    Answer expect(int wanted) {
      assertThat(status).as(() -> "answer " + body).isEqualTo(wanted);
      return this;
    }

    String id() {
      return body.path("id").asText();
    }
  }

  Answer createUser(String userName) {
    return send("POST", "/Users", user(userName));
  }

  static ObjectNode user(String userName) {
    ObjectNode user = JSON.createObjectNode().put("userName", userName).put("active", true);
    user.putArray("schemas").add(USER);
    return user;
  }

  Answer createGroup(String displayName) {
    ObjectNode group = JSON.createObjectNode().put("displayName", displayName);
    group.putArray("schemas").add(GROUP);
    return send("POST", "/Groups", group);
  }

  /** The id of the group of that name, made when there is none. */
  String group(String displayName) {
    JsonNode found =
        send("GET", "/Groups?filter=displayName%20eq%20%22" + displayName + "%22", null)
            .expect(200)
            .body();
    return found.path("totalResults").asInt() > 0
        ? found.path("Resources").path(0).path("id").asText()
        : createGroup(displayName).expect(201).id();
  }

  Answer addMember(String groupId, String userId) {
    ObjectNode operation = JSON.createObjectNode().put("op", "add").put("path", "members");
    operation.putArray("value").addObject().put("value", userId);
    return patch("/Groups/" + groupId, operation);
  }

  Answer removeMember(String groupId, String userId) {
    return patch(
        "/Groups/" + groupId,
        JSON.createObjectNode()
            .put("op", "remove")
            .put("path", "members[value eq \"" + userId + "\"]"));
  }

  Answer setActive(String userId, boolean active) {
    return patch(
        "/Users/" + userId,
        JSON.createObjectNode().put("op", "replace").put("path", "active").put("value", active));
  }

  Answer patch(String path, ObjectNode operation) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("schemas").add(PATCH);
    body.putArray("Operations").add(operation);
    return send("PATCH", path, body);
  }

  public Answer send(String method, String path, JsonNode body) {
    return sendRaw(
        method,
        path,
        body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8),
        "Bearer " + token);
  }

  Answer sendRaw(String method, String path, byte[] body, String authorization) {
    try {
      return trySend(method, path, body, authorization);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends again until the service answers, as identity providers do; a write that was durable
   * before is answered so.
   */
  Answer insist(String method, String path, JsonNode body) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    for (int attempt = 0; ; attempt++) {
      try {
        return trySend(method, path, bytes, "Bearer " + token);
      } catch (IOException e) {
        if (attempt == 600) {
          throw new UncheckedIOException(e);
        }
        sleep(Duration.ofMillis(50));
      }
    }
  }

  private Answer trySend(String method, String path, byte[] body, String authorization)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/scim+json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode json = response.body().length == 0 ? null : JSON.readTree(response.body());
      return new Answer(response.statusCode(), json, response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
