package io.pgscim.local.demonstrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Speaks SCIM as identity providers do: looks first whether somebody is there, then creates or
 * changes.
 */
final class Scim {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final String token;

  /**
   * An answer.
   *
   * @param request the request in a few words: {@code POST /Users}
   * @param body JSON; empty when there was none
   */
  record Answer(String request, int status, JsonNode body) {
    String id() {
      return body.path("id").asText();
    }

    @Override
    public String toString() {
      return "%-60s %d".formatted(request, status);
    }
  }

  Scim(String base, String token) {
    this.base = base;
    this.token = token;
  }

  Optional<Answer> findUser(String userName) {
    return find("/Users", "userName", userName);
  }

  Optional<Answer> findGroup(String displayName) {
    return find("/Groups", "displayName", displayName);
  }

  /** As Okta writes it. */
  Answer createUser(String userName, String givenName, String familyName) {
    ObjectNode user = JSON.createObjectNode();
    user.putArray("schemas").add(USER);
    user.put("userName", userName);
    user.putObject("name").put("givenName", givenName).put("familyName", familyName);
    user.putArray("emails")
        .addObject()
        .put("primary", true)
        .put("value", userName)
        .put("type", "work");
    user.put("displayName", givenName + " " + familyName);
    user.put("active", true);
    return send("POST", "/Users", user);
  }

  Answer createGroup(String displayName) {
    ObjectNode group = JSON.createObjectNode();
    group.putArray("schemas").add(GROUP);
    group.put("displayName", displayName);
    group.putArray("members");
    return send("POST", "/Groups", group);
  }

  /** As Okta writes it: without a path. */
  Answer setActive(String userId, boolean active) {
    ObjectNode operation = JSON.createObjectNode().put("op", "replace");
    operation.putObject("value").put("active", active);
    return patch("/Users/" + userId, operation);
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

  /** As Entra ID writes it: capitalised, and a string for a boolean. */
  Answer addMemberAsEntra(String groupId, String userId) {
    ObjectNode operation = JSON.createObjectNode().put("op", "Add").put("path", "members");
    operation.putArray("value").addObject().putNull("$ref").put("value", userId);
    return patch("/Groups/" + groupId, operation);
  }

  private Answer patch(String path, ObjectNode operation) {
    ObjectNode request = JSON.createObjectNode();
    request.putArray("schemas").add(PATCH);
    ArrayNode operations = request.putArray("Operations");
    operations.add(operation);
    return send("PATCH", path, request);
  }

  private Optional<Answer> find(String path, String attribute, String value) {
    String filter = URLEncoder.encode(attribute + " eq \"" + value + "\"", StandardCharsets.UTF_8);
    Answer list = send("GET", path + "?filter=" + filter, null);
    JsonNode first = list.body().path("Resources").path(0);
    return first.isMissingNode()
        ? Optional.empty()
        : Optional.of(new Answer(list.request(), list.status(), first));
  }

  private Answer send(String method, String path, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/scim+json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      Answer answer =
          new Answer(method + " " + path, response.statusCode(), JSON.readTree(response.body()));
      if (response.statusCode() >= 400) {
        throw new PartsException(answer.request() + " was refused: " + response.body());
      }
      return answer;
    } catch (IOException e) {
      throw new PartsException(method + " " + path + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartsException("interrupted", e);
    }
  }
}
