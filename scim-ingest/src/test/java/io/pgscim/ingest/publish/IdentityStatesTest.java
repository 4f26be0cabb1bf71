package io.pgscim.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.GroupState;
import io.pgscim.events.UserState;
import io.pgscim.events.UserState.Enterprise;
import io.pgscim.events.UserState.MultiValue;
import io.pgscim.events.UserState.PersonName;
import io.pgscim.scim.json.StrictJson;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Schema;
import io.pgscim.scim.schema.SchemaJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityStatesTest {

  @Test
  void aUserBecomesItsState() {
    ObjectNode document =
        json(
            """
            {'userName': 'ada', 'externalId': 'e', 'active': false, 'displayName': 'Ada',
             'name': {'givenName': 'Ada', 'familyName': 'Lovelace'},
             'emails': [{'value': 'a@b', 'type': 'work', 'primary': true}, {'value': 'c@d'}],
             'userType': 'Employee', 'roles': [{'value': 'admin', 'display': 'Admin'}], 'title': 'not in the event',
             'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'department': 'R', 'manager': {'value': 'm'}},
             'urn:pgscim:params:scim:schemas:extension:2.0:User': {'accessUntil': '2030-01-31T18:00:00Z', 'slackId': 'U1'}}
            """);

    assertThat(IdentityStates.present(BuiltIn.USER, "1", "okta", 5, document))
        .contains(
            new UserState(
                "1",
                "okta",
                5,
                false,
                "ada",
                "e",
                false,
                "Ada",
                new PersonName(null, "Lovelace", "Ada", null, null, null),
                List.of(
                    new MultiValue("a@b", null, "work", true),
                    new MultiValue("c@d", null, null, null)),
                "Employee",
                List.of(new MultiValue("admin", "Admin", null, null)),
                null,
                new Enterprise(null, null, null, null, "R", "m"),
                Map.of(
                    "urn:pgscim:params:scim:schemas:extension:2.0:User",
                    json("{'accessUntil': '2030-01-31T18:00:00Z', 'slackId': 'U1'}"))));
  }

  @Test
  void whatIsNeverReturnedIsInNoEvent() {
    Schema badge =
        SchemaJson.schema(
            json(
                "{'id': 'urn:example:badge', 'attributes': [{'name': 'number'}, {'name': 'pin', 'returned': 'never'}]}"));
    ResourceType user =
        new ResourceType(
            "User",
            "/Users",
            "",
            BuiltIn.USER.schema(),
            List.of(new ResourceType.Extension(badge, false)));

    assertThat(
            IdentityStates.present(
                user,
                "1",
                "okta",
                1,
                json("{'userName': 'ada', 'urn:example:badge': {'number': '7', 'pin': '0000'}}")))
        .get()
        .extracting(event -> ((UserState) event).extensions())
        .isEqualTo(Map.of("urn:example:badge", json("{'number': '7'}")));
  }

  @Test
  void aGroupBecomesItsStateWithoutItsMembers() {
    assertThat(
            IdentityStates.present(
                BuiltIn.GROUP, "1", "okta", 2, json("{'displayName': 'g', 'externalId': 'x'}")))
        .contains(new GroupState("1", "okta", 2, false, "g", "x"));
  }

  @Test
  void whatIsDeletedIsAnonymous() {
    assertThat(IdentityStates.deleted(BuiltIn.USER, "1", "okta", 6))
        .contains(UserState.deleted("1", "okta", 6));
    assertThat(IdentityStates.deleted(BuiltIn.GROUP, "1", "okta", 6))
        .contains(GroupState.deleted("1", "okta", 6));
  }

  @Test
  void otherTypesAreNoIdentities() {
    Schema schema =
        SchemaJson.schema(json("{'id': 'urn:x:Badge', 'attributes': [{'name': 'number'}]}"));
    ResourceType badge = new ResourceType("Badge", "/Badges", "", schema, List.of());

    assertThat(IdentityStates.present(badge, "1", "okta", 1, json("{'number': '7'}"))).isEmpty();
    assertThat(IdentityStates.deleted(badge, "1", "okta", 2)).isEmpty();
  }

  private static ObjectNode json(String singleQuoted) {
    return StrictJson.object(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
