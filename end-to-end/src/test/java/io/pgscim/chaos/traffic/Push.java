package io.pgscim.chaos.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.chaos.history.Fact;
import java.util.Collection;
import java.util.Map;

/**
 * What an identity provider sends, again and again with the same body until it is answered.
 *
 * @param kind what it means by it
 * @param body null when there is none
 * @param sets the facts that are so afterwards
 */
record Push(String kind, String method, String path, JsonNode body, Map<String, Boolean> sets) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  static Push join(String person) {
    return new Push(
        "join", "POST", "/Users", user(person, true, 0), Map.of(Fact.active(person), true));
  }

  /** The whole person, as identity providers send it when anything changed. */
  static Push put(String kind, String person, String id, boolean active, int title) {
    return new Push(
        kind,
        "PUT",
        "/Users/" + id,
        user(person, active, title),
        Map.of(Fact.active(person), active));
  }

  static Push activate(String person, String id, boolean active) {
    ObjectNode operation =
        JSON.createObjectNode().put("op", "replace").put("path", "active").put("value", active);
    return new Push(
        active ? "return" : "suspend",
        "PATCH",
        "/Users/" + id,
        patch(operation),
        Map.of(Fact.active(person), active));
  }

  static Push leave(String id, Map<String, Boolean> sets) {
    return new Push("leave", "DELETE", "/Users/" + id, null, sets);
  }

  static Push found(String group) {
    ObjectNode body = JSON.createObjectNode().put("displayName", group);
    body.putArray("schemas").add(CORE + "Group");
    return new Push("found", "POST", "/Groups", body, Map.of());
  }

  /** One member more or less. */
  static Push member(String groupId, String memberId, String fact, boolean present) {
    ObjectNode operation = JSON.createObjectNode().put("op", present ? "add" : "remove");
    if (present) {
      operation.put("path", "members").putArray("value").addObject().put("value", memberId);
    } else {
      operation.put("path", "members[value eq \"" + memberId + "\"]");
    }
    return new Push(
        present ? "add" : "remove",
        "PATCH",
        "/Groups/" + groupId,
        patch(operation),
        Map.of(fact, present));
  }

  /** The whole group, as a full synchronisation sends it. */
  static Push resync(
      String group, String groupId, Collection<String> memberIds, Map<String, Boolean> sets) {
    ObjectNode body = JSON.createObjectNode().put("displayName", group);
    body.putArray("schemas").add(CORE + "Group");
    ArrayNode members = body.putArray("members");
    memberIds.forEach(id -> members.addObject().put("value", id));
    return new Push("resync", "PUT", "/Groups/" + groupId, body, sets);
  }

  private static ObjectNode user(String person, boolean active, int title) {
    ObjectNode user =
        JSON.createObjectNode()
            .put("userName", person)
            .put("externalId", "hr-" + person)
            .put("active", active)
            .put("displayName", person + " " + title);
    user.putArray("schemas").add(CORE + "User");
    return user;
  }

  private static ObjectNode patch(ObjectNode operation) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    body.putArray("Operations").add(operation);
    return body;
  }
}
