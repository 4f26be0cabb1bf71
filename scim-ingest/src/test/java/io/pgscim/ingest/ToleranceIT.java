package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.ingest.Scim.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same request to two sources: one has the default settings, the other is strict. What identity
 * providers do in spite of the RFCs is understood by the one and refused by the other; what would
 * take people out of a group by accident is safe with both.
 */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class ToleranceIT {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Entra: a quoted boolean | 'active': 'False' | /active | false | invalidValue",
        "Entra: a manager as a bare id | '{E}': {'manager': '42'} | /{E}/manager/value | 42 | invalidValue",
        "OneLogin: attributes of nobody's schema | 'costCenterCode': 'CC-7' | /costCenterCode | | invalidSyntax",
        "OneLogin: parts of nobody's schema | 'name': {'nickname': 'H.', 'familyName': 'L'} | /name/familyName | L | invalidSyntax",
        "a number for a text | '{E}': {'employeeNumber': 42} | /{E}/employeeNumber | 42 | invalidValue",
        "one value instead of an array | 'emails': {'value': 'a@b.c'} | /emails/0/value | a@b.c | invalidValue",
        "an array of one instead of a value | 'title': ['Dr.'] | /title | Dr. | invalidValue",
        "a type nobody suggested | 'emails': [{'value': 'a@b.c', 'type': 'Labor'}] | /emails/0/type | Labor | invalidValue",
        "a reference that is no URI | 'profileUrl': 'my page' | /profileUrl | my page | invalidValue",
      })
  void inResources(String what, String attribute, String pointer, String value, String refused) {
    String named = attribute.replace("{E}", ENTERPRISE);
    String body =
        "{'schemas': ['"
            + Scim.USER
            + (named.contains(ENTERPRISE) ? "', '" + ENTERPRISE : "")
            + "'], 'userName': '"
            + Scim.name("tolerance")
            + "', "
            + named
            + "}";

    Reply understood = Party.LENIENT.send("POST", "/Users", body);
    assertThat(understood.status()).as(understood.body().toString()).isEqualTo(201);
    assertThat(understood.text(pointer.replace("{E}", ENTERPRISE)))
        .isEqualTo(value == null ? "" : value);
    assertRefused(Party.STRICT.send("POST", "/Users", body), refused);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Entra: a schema of Microsoft's own,"
        + " http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
    "a schema twice, urn:ietf:params:scim:schemas:core:2.0:Group",
  })
  void inTheSchemasOfAGroup(String what, String schema) {
    String body =
        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group', '%s'], 'displayName': '%s'}"
            .formatted(schema, Scim.name("tolerance"));

    Reply understood = Party.LENIENT.send("POST", "/Groups", body);
    assertThat(understood.status()).isEqualTo(201);
    assertThat(understood.at("/schemas")).hasSize(1);
    assertRefused(Party.STRICT.send("POST", "/Groups", body), "invalidSyntax");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Entra: a quoted boolean | {'op': 'Replace', 'path': 'active', 'value': 'False'} | /active | false | invalidValue",
        "Entra: replace an e-mail that is not there | {'op': 'replace', 'path': 'emails[type eq \\'work\\'].value', 'value': 'a@b.c'} | /emails/0/value | a@b.c | noTarget",
        "Entra: dotted keys without a path | {'op': 'replace', 'value': {'name.familyName': 'L'}} | /name/familyName | L | invalidPath",
        "Entra: keys with a URN | {'op': 'replace', 'value': {'{E}:department': 'D'}} | /{E}/department | D | invalidPath",
        "SCIM-SDK: an array of one around it | {'op': 'add', 'value': [{'title': 'Dr.'}]} | /title | Dr. | invalidValue",
        "Entra: a manager as a bare id | {'op': 'add', 'path': '{E}:manager', 'value': '42'} | /{E}/manager/value | 42 | invalidValue",
        "Okta: the id beside what changes | {'op': 'replace', 'value': {'id': 'x', 'title': 'Dr.'}} | /title | Dr. | mutability",
        "OneLogin: attributes of nobody's schema | {'op': 'replace', 'value': {'costCenterCode': 1, 'title': 'Dr.'}} | /title | Dr. | invalidPath",
      })
  void inPatches(String what, String operation, String pointer, String value, String refused) {
    String body = Scim.patchBody(operation.replace("{E}", ENTERPRISE));

    Reply understood = Party.LENIENT.send("PATCH", "/Users/" + user(Party.LENIENT), body);
    assertThat(understood.status()).as(understood.body().toString()).isEqualTo(200);
    assertThat(understood.text(pointer.replace("{E}", ENTERPRISE))).isEqualTo(value);
    assertRefused(Party.STRICT.send("PATCH", "/Users/" + user(Party.STRICT), body), refused);
  }

  @Test
  void aPatchThatDoesNotSayWhatItIs() {
    String body = "{'Operations': [{'op': 'add', 'path': 'title', 'value': 'Dr.'}]}";

    assertThat(Party.LENIENT.send("PATCH", "/Users/" + user(Party.LENIENT), body).status())
        .isEqualTo(200);
    assertRefused(
        Party.STRICT.send("PATCH", "/Users/" + user(Party.STRICT), body), "invalidSyntax");
  }

  /** Who would be taken out by accident stays, however the RFC may be read. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Entra: remove with a value | {'op': 'remove', 'path': 'members', 'value': [{'value': '{B}'}]} | 1",
        "Entra: remove a stranger with a value | {'op': 'remove', 'path': 'members', 'value': [{'value': '{X}'}]} | 2",
        "remove nobody | {'op': 'remove', 'path': 'members', 'value': []} | 2",
        "rename with a path | {'op': 'replace', 'path': 'displayName', 'value': '{N}'} | 2",
        "Okta: rename without a path | {'op': 'replace', 'value': {'displayName': '{N}'}} | 2",
        "replace of something else | {'op': 'replace', 'path': 'externalId', 'value': 'e'} | 2",
        "add of one who is there | {'op': 'add', 'path': 'members', 'value': [{'value': '{B}'}]} | 2",
        "Okta: push now, empty | {'op': 'replace', 'path': 'members', 'value': []} | 0",
        "remove all, and nothing else said | {'op': 'remove', 'path': 'members'} | 0",
      })
  void inGroupsWhatIsMeantCounts(String what, String operation, int left) {
    for (Party party : Party.values()) {
      String ada = user(party);
      String bob = user(party);
      String group =
          party
              .send(
                  "POST",
                  "/Groups",
                  ("{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group'],"
                          + " 'displayName': '%s', 'members': [{'value': '%s'}, {'value': '%s'}]}")
                      .formatted(Scim.name("tolerance"), ada, bob))
              .id();

      Reply reply =
          party.send(
              "PATCH",
              "/Groups/" + group,
              Scim.patchBody(
                  operation
                      .replace("{B}", bob)
                      .replace("{X}", "11111111-1111-1111-1111-111111111111")
                      .replace("{N}", Scim.name("renamed"))));

      assertThat(reply.status()).as(party + " " + reply.body()).isEqualTo(204);
      Reply after = party.send("GET", "/Groups/" + group, null);
      assertThat(after.at("/members")).as(party.name()).hasSize(left);
      if (left == 1) {
        assertThat(after.text("/members/0/value")).isEqualTo(ada);
      }
    }
  }

  /** Matching decides who is whom, and is not a question of tolerance. */
  @Test
  void aNameIsMatchedInAnyCaseAndShownAsItWasSent() {
    for (Party party : Party.values()) {
      String name = Scim.name("Grace.Hopper");
      party.send("POST", "/Users", userBody(name));

      Reply found =
          party.send(
              "GET",
              "/Users?filter="
                  + URLEncoder.encode(
                      "userName eq \"" + name.toUpperCase(Locale.ROOT) + "\"",
                      StandardCharsets.UTF_8),
              null);
      assertThat(found.text("/Resources/0/userName")).as(party.name()).isEqualTo(name);
      Reply again = party.send("POST", "/Users", userBody(name.toUpperCase(Locale.ROOT)));
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.text("/scimType")).isEqualTo("uniqueness");
    }
  }

  private static void assertRefused(Reply reply, String scimType) {
    BadInputIT.assertError(reply, 400);
    assertThat(reply.text("/scimType")).as(reply.text("/detail")).isEqualTo(scimType);
  }

  private static String user(Party party) {
    return party.send("POST", "/Users", userBody(Scim.name("tolerance"))).id();
  }

  private static String userBody(String name) {
    return "{'schemas': ['" + Scim.USER + "'], 'userName': '" + name + "', 'active': true}";
  }
}
