package io.pgscim.endtoend;

import static io.pgscim.endtoend.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An identity provider sends an empty group of 5,000, in one PUT. */
class EmptiedByMistakeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  private static final int PEOPLE = 5000;
  private static final int AT_ONCE = 500;

  @Test
  void nobodyLosesAnythingAndTheLogSaysWhatIsHeld() throws Exception {
    Path policy = Files.createTempFile("policy", ".yaml");
    Files.writeString(
        policy,
        Files.readString(Stack.root().resolve("deploy/local/policy.yaml"))
            + "\nlimits:\n  revoke_at_most: { share: 20%, but_at_least: 10 }\n");
    try (Stack stack = Stack.fresh(policy)) {
      Scim scim = stack.scim();
      List<String> ids = new ArrayList<>();
      for (int from = 0; from < PEOPLE; from += AT_ONCE) {
        ids.addAll(people(scim, from));
      }
      String group = scim.group("pg-production-analytics");
      put(scim, group, ids);
      eventually(() -> assertThat(members(stack)).isEqualTo(PEOPLE));
      stack.settle();
      long before = stack.log().size();

      put(scim, group, List.of());
      eventually(
          () ->
              assertThat(
                      stack
                          .cluster()
                          .in("pgscim")
                          .list("SELECT people::text FROM pgscim.hold WHERE state = 'held'"))
                  .containsExactly("" + PEOPLE));
      assertThat(members(stack)).isEqualTo(PEOPLE);

      // What is urgent beside it goes on, and so does what gives.
      scim.setActive(ids.getFirst(), false).expect(200);
      String joiner = scim.createUser("joiner").expect(201).id();
      scim.addMember(group, joiner);
      eventually(() -> assertThat(stack.cluster().canLogin("person0")).isFalse());
      eventually(
          () ->
              assertThat(stack.cluster().memberships("joiner")).containsExactly("analytics_read"));
      assertThat(members(stack)).isEqualTo(PEOPLE);

      eventually(
          () ->
              assertThat(stack.log().since(before - 1))
                  .filteredOn(entry -> entry.path("what").asText().equals("hold-plan"))
                  .first()
                  .satisfies(
                      entry -> {
                        assertThat(entry.path("outcome").asText()).isEqualTo("held");
                        assertThat(entry.path("details").path("people").asInt()).isEqualTo(PEOPLE);
                      }));
    } finally {
      Files.delete(policy);
    }
  }

  private static int members(Stack stack) {
    return stack
        .cluster()
        .list(
            "SELECT held.member FROM pg_auth_members held"
                + " JOIN pg_roles access ON access.oid = held.roleid"
                + " JOIN pg_roles person ON person.oid = held.member"
                + " WHERE access.rolname = 'analytics_read' AND person.rolcanlogin"
                + " AND person.rolname <> 'pgscim_applier'")
        .size();
  }

  private static List<String> people(Scim scim, int from) {
    ObjectNode bulk = JSON.createObjectNode();
    bulk.putArray("schemas").add(BULK);
    ArrayNode operations = bulk.putArray("Operations");
    for (int i = from; i < from + AT_ONCE; i++) {
      operations
          .addObject()
          .put("method", "POST")
          .put("path", "/Users")
          .put("bulkId", "p" + i)
          .set("data", Scim.user("person" + i));
    }
    JsonNode answer = scim.send("POST", "/Bulk", bulk).expect(200).body();
    List<String> ids = new ArrayList<>();
    for (JsonNode operation : answer.path("Operations")) {
      String location = operation.path("location").asText();
      ids.add(location.substring(location.lastIndexOf('/') + 1));
    }
    assertThat(ids).hasSize(AT_ONCE).doesNotContain("");
    return ids;
  }

  private static void put(Scim scim, String group, List<String> members) {
    ObjectNode body = JSON.createObjectNode().put("displayName", "pg-production-analytics");
    body.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
    ArrayNode array = body.putArray("members");
    members.forEach(id -> array.addObject().put("value", id));
    scim.send("PUT", "/Groups/" + group, body).expect(200);
  }
}
