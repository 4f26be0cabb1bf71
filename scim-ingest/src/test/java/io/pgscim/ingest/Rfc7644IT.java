package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.ingest.Scim.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 7644 wants of a service provider, clause by clause. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class Rfc7644IT {

  @Test
  @DisplayName("RFC 7644 §2: without a credential the answer names the schemes there are")
  void schemesAreNamed() {
    Reply reply = Scim.send(Scim.bare("GET", "/Users", null).build());

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
  }

  @Test
  @DisplayName("RFC 7644 §3.1: schemas of messages are not among the schemas")
  void messagesAreNoResources() {
    Scim.get("/Schemas")
        .at("/Resources")
        .forEach(
            schema ->
                assertThat(schema.path("id").asText())
                    .doesNotStartWith("urn:ietf:params:scim:api:"));
  }

  @Test
  @DisplayName("RFC 7644 §3.2, §3.5.1: PUT creates nothing")
  void putCreatesNothing() {
    String nobody = "01234567-89ab-7def-8123-456789abcdef";

    BadInputIT.assertError(
        Scim.put("/Users/" + nobody, "{'userName': '" + Scim.name("put") + "'}"), 404);
    assertThat(Scim.get("/Users/" + nobody).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("RFC 7644 §3.3: a POST is answered 201 with the resource and its Location")
  void created() {
    Reply reply = Scim.user(Scim.name("created"));

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Location")).contains(reply.text("/meta/location"));
    assertThat(Scim.get("/Users/" + reply.id()).body()).isEqualTo(reply.body());
  }

  @Test
  @DisplayName("RFC 7644 §3.3: what exists already is refused with 409 uniqueness")
  void conflicts() {
    String name = Scim.name("conflict");
    Scim.user(name);
    Reply again = Scim.user(name);

    BadInputIT.assertError(again, 409);
    assertThat(again.text("/scimType")).isEqualTo("uniqueness");
  }

  @Test
  @DisplayName("RFC 7644 §3.3.1: meta.resourceType is that of the endpoint")
  void resourceTypeOfTheEndpoint() {
    assertThat(Scim.user(Scim.name("typed")).text("/meta/resourceType")).isEqualTo("User");
    assertThat(Scim.group(Scim.name("typed")).text("/meta/resourceType")).isEqualTo("Group");
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2: query parameters nobody knows are ignored")
  void unknownParameters() {
    assertThat(Scim.get("/Users?count=0&aadOptscim062020&colour=blue").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2: a list says what it is and how much of how many")
  void listsDescribeThemselves() {
    Scim.user(Scim.name("listed"));
    Scim.user(Scim.name("listed"));
    Reply page = Scim.get("/Users?count=1");

    assertThat(page.text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(page.at("/totalResults").asInt()).isGreaterThan(1);
    assertThat(page.at("/startIndex").asInt()).isOne();
    assertThat(page.at("/itemsPerPage").asInt()).isOne();
    assertThat(page.at("/Resources")).hasSize(1);
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2: a query that finds nothing is answered 200 with totalResults 0")
  void nothingIsASuccess() {
    Reply none = Scim.list("/Users", "userName eq \"" + Scim.name("nobody") + "\"");

    assertThat(none.status()).isEqualTo(200);
    assertThat(none.at("/totalResults").asInt()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "active gt true",
        "active le false",
        "active co true",
        "x509Certificates.value ge \"AA==\"",
        "userName is \"x\"",
        "userName",
        "userName eq",
        "eq \"x\"",
        "unheardOf eq \"x\"",
        "name eq \"x\"",
        "emails[unheardOf eq \"x\"]",
        "(userName pr",
        ""
      })
  @DisplayName("RFC 7644 §3.4.2.2: a filter that makes no sense is refused with invalidFilter")
  void senselessFilters(String filter) {
    Reply reply = Scim.list("/Users", filter);

    BadInputIT.assertError(reply, 400);
    assertThat(reply.text("/scimType")).isEqualTo("invalidFilter");
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.2: grouping, then not, then and, then or")
  void precedence() {
    String nick = Scim.name("prec");
    person(nick, "A", true);
    person(nick, "B", false);
    person(nick, "C", true);
    String ours = "nickName eq \"" + nick + "\"";

    assertThat(count(ours + " and title eq \"A\" or " + ours + " and title eq \"B\"")).isEqualTo(2);
    assertThat(count(ours + " and (title eq \"A\" or title eq \"B\") and active eq true")).isOne();
    assertThat(count(ours + " and not (title eq \"A\") and active eq true")).isOne();
    assertThat(count(ours + " and not (title eq \"A\" or title eq \"B\")")).isOne();
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.2: a filter sees the value that a defaulted attribute was given")
  void defaultedAttributes() {
    String name = Scim.name("defaulted");
    Reply created = Scim.post("/Users", "{'userName': '" + name + "'}");

    assertThat(created.at("/active").asBoolean()).isTrue();
    assertThat(count("userName eq \"" + name + "\" and active eq true")).isOne();
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.2: brackets mean one and the same value")
  void valueFilters() {
    String name = Scim.name("brackets");
    Scim.post(
        "/Users",
        "{'userName': '"
            + name
            + "', 'emails': [{'value': 'a@x.org', 'type': 'work'}, {'value': 'b@x.org', 'type':"
            + " 'home'}]}");
    String who = "userName eq \"" + name + "\" and ";

    assertThat(count(who + "emails[type eq \"work\" and value eq \"a@x.org\"]")).isOne();
    assertThat(count(who + "emails[type eq \"work\" and value eq \"b@x.org\"]")).isZero();
    assertThat(count(who + "emails.type eq \"work\" and emails.value eq \"b@x.org\"")).isOne();
  }

  @ParameterizedTest(name = "startIndex={0} count={1}")
  @CsvSource({"0, 1, 1", "-7, 1, 1", "1, -3, 0", "1, 0, 0"})
  @DisplayName("RFC 7644 §3.4.2.4: startIndex below 1 is 1, a negative count is 0")
  void pagingLimits(int startIndex, int count, int items) {
    Scim.user(Scim.name("paged"));
    Reply page = Scim.get("/Users?startIndex=" + startIndex + "&count=" + count);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.at("/startIndex").asInt()).isOne();
    assertThat(page.at("/itemsPerPage").asInt()).isEqualTo(items);
    assertThat(page.at("/totalResults").asInt()).isPositive();
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.5, §3.9: attributes and excludedAttributes choose what is shown")
  void projections() {
    String nick = Scim.name("shown");
    String id = person(nick, "T", true).id();
    Reply only = Scim.get("/Users/" + id + "?attributes=nickName,name.familyName");
    Reply without = Scim.get("/Users/" + id + "?excludedAttributes=nickName,name.familyName");
    Reply both = Scim.get("/Users/" + id + "?attributes=title&excludedAttributes=title");

    assertThat(only.body().properties().stream().map(field -> field.getKey()))
        .containsExactlyInAnyOrder("schemas", "id", "nickName", "name");
    assertThat(only.at("/name")).hasSize(1);
    assertThat(without.body().has("nickName")).isFalse();
    assertThat(without.at("/name/givenName").asText()).isEqualTo("Given");
    assertThat(without.at("/name").has("familyName")).isFalse();
    BadInputIT.assertError(both, 400);
  }

  @Test
  @DisplayName("RFC 7644 §3.5.1: PUT replaces what is asserted and clears the rest")
  void putReplaces() {
    String nick = Scim.name("replaced");
    Reply before = person(nick, "Old", true);
    Reply after =
        Scim.put(
            "/Users/" + before.id(),
            "{'userName': '" + before.text("/userName") + "', 'title': 'New', 'id': 'other'}");

    assertThat(after.status()).isEqualTo(200);
    assertThat(after.text("/title")).isEqualTo("New");
    assertThat(after.body().has("nickName") || after.body().has("name")).isFalse();
    BadInputIT.assertError(Scim.put("/Users/" + before.id(), "{'title': 'nameless'}"), 400);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{}",
        "{'Operations': []}",
        "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp']}",
        "{'Operations': [{'value': {'title': 'x'}}]}",
        "{'Operations': [{'op': 'move', 'path': 'title', 'value': 'x'}]}",
        "{'Operations': [{'op': 'add', 'path': 'title'}]}",
        "{'Operations': {'op': 'add', 'path': 'title', 'value': 'x'}}",
      })
  @DisplayName("RFC 7644 §3.5.2: a PATCH has operations, each with an op and what it needs")
  void senselessPatches(String body) {
    String id = Scim.user(Scim.name("patched")).id();

    BadInputIT.assertError(Scim.send("PATCH", "/Users/" + id, body), 400);
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: a PATCH is done as a whole or not at all")
  void patchesAreAtomic() {
    Reply before = Scim.user(Scim.name("atomic"));
    Reply reply =
        Scim.patch(
            "/Users/" + before.id(),
            "{'op': 'add', 'path': 'title', 'value': 'x'},"
                + "{'op': 'add', 'path': 'unheardOf', 'value': 'x'}");

    BadInputIT.assertError(reply, 400);
    assertThat(Scim.get("/Users/" + before.id()).body()).isEqualTo(before.body());
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: what is readOnly is not changed")
  void readOnlyIsNotPatched() {
    String id = Scim.user(Scim.name("readonly")).id();

    for (String path : List.of("id", "meta.created", "groups")) {
      Reply reply =
          Scim.patch("/Users/" + id, "{'op': 'replace', 'path': '" + path + "', 'value': 'x'}");
      BadInputIT.assertError(reply, 400);
      assertThat(reply.text("/scimType")).as(path).isEqualTo("mutability");
    }
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: a value that becomes primary ends the other's being so")
  void primaryMoves() {
    Reply user =
        Scim.post(
            "/Users",
            "{'userName': '"
                + Scim.name("primary")
                + "', 'emails': [{'value': 'a@x.org', 'type': 'work', 'primary': true}]}");
    Reply reply =
        Scim.patch(
            "/Users/" + user.id(),
            "{'op': 'add', 'path': 'emails', 'value': [{'value': 'b@x.org', 'primary': true}]}");

    int primary = 0;
    for (JsonNode email : reply.at("/emails")) {
      primary += email.path("primary").asBoolean() ? 1 : 0;
    }
    assertThat(reply.at("/emails")).hasSize(2);
    assertThat(primary).isOne();
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: asked for attributes, a PATCH is answered 200 with them")
  void patchWithAttributes() {
    String user = Scim.user(Scim.name("asked")).id();
    String group = Scim.group(Scim.name("asked")).id();
    Reply reply =
        Scim.send(
            "PATCH",
            "/Groups/" + group + "?attributes=members",
            Scim.patchBody(
                "{'op': 'add', 'path': 'members', 'value': [{'value': '" + user + "'}]}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/members/0/value")).isEqualTo(user);
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.1: adding what is there changes nothing, not even lastModified")
  void addingWhatIsThere() {
    Reply before = person(Scim.name("same"), "T", true);
    Reply after =
        Scim.patch("/Users/" + before.id(), "{'op': 'add', 'path': 'title', 'value': 'T'}");

    assertThat(after.status()).isEqualTo(200);
    assertThat(after.body()).isEqualTo(before.body());
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.1: add completes a complex attribute and appends to several values")
  void addingCompletes() {
    Reply user = person(Scim.name("completed"), "T", true);
    Reply reply =
        Scim.patch(
            "/Users/" + user.id(),
            "{'op': 'add', 'path': 'name', 'value': {'middleName': 'M'}},"
                + "{'op': 'add', 'path': 'emails', 'value': [{'value': 'a@x.org'}]},"
                + "{'op': 'add', 'path': 'emails', 'value': [{'value': 'b@x.org'}]}");

    assertThat(reply.text("/name/givenName")).isEqualTo("Given");
    assertThat(reply.text("/name/middleName")).isEqualTo("M");
    assertThat(reply.at("/emails")).hasSize(2);
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.2: a removal without a path is refused with noTarget")
  void removalNeedsAPath() {
    String id = Scim.user(Scim.name("pathless")).id();
    Reply reply = Scim.patch("/Users/" + id, "{'op': 'remove'}");

    BadInputIT.assertError(reply, 400);
    assertThat(reply.text("/scimType")).isEqualTo("noTarget");
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.2: what is required is not removed")
  void requiredIsNotRemoved() {
    String id = Scim.user(Scim.name("required")).id();
    Reply reply = Scim.patch("/Users/" + id, "{'op': 'remove', 'path': 'userName'}");

    BadInputIT.assertError(reply, 400);
    assertThat(reply.text("/scimType")).isEqualTo("mutability");
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.2: when no values are left the attribute is unassigned")
  void nothingLeft() {
    Reply user =
        Scim.post(
            "/Users",
            "{'userName': '"
                + Scim.name("left")
                + "', 'emails': [{'value': 'a@x.org', 'type':"
                + " 'work'}]}");
    Reply reply =
        Scim.patch(
            "/Users/" + user.id(),
            "{'op': 'remove', 'path': 'emails[type eq \\'work\\']'}".replace("\\'", "\\\""));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().has("emails")).isFalse();
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.3: replacing what is not there adds it")
  void replacingAdds() {
    String id = Scim.user(Scim.name("added")).id();
    Reply reply =
        Scim.patch("/Users/" + id, "{'op': 'replace', 'path': 'title', 'value': 'added'}");

    assertThat(reply.text("/title")).isEqualTo("added");
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.3: replacing values that no filter finds is refused with noTarget")
  void replacingNothing() {
    String id = Scim.user(Scim.name("untargeted")).id();
    Reply reply =
        Scim.patch(
            "/Users/" + id,
            ("{'op': 'replace', 'path': 'emails[type eq \\'fax\\']', 'value': {'value':"
                    + " 'a@x.org'}}")
                .replace("\\'", "\\\""));

    BadInputIT.assertError(reply, 400);
    assertThat(reply.text("/scimType")).isEqualTo("noTarget");
  }

  @Test
  @DisplayName("RFC 7644 §3.6: what is deleted is gone for every operation, query and conflict")
  void deleted() {
    String name = Scim.name("deleted");
    String id = Scim.user(name).id();

    Reply reply = Scim.delete("/Users/" + id);

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body().isMissingNode()).isTrue();
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
      String body = method.equals("PUT") ? "{'userName': '" + name + "'}" : null;
      body = method.equals("PATCH") ? Scim.patchBody("{'op': 'remove', 'path': 'title'}") : body;
      BadInputIT.assertError(Scim.send(method, "/Users/" + id, body), 404);
    }
    assertThat(count("userName eq \"" + name + "\"")).isZero();
    assertThat(Scim.user(name).status()).isEqualTo(201);
  }

  @Test
  @DisplayName("RFC 7644 §3.8: both media types of SCIM are spoken, in UTF-8")
  void mediaTypes() {
    Reply scim = Scim.send("GET", "/Users?count=0", null, "Accept", "application/scim+json");
    Reply json = Scim.send("GET", "/Users?count=0", null, "Accept", "application/json");
    Reply named =
        Scim.post("/Users", "{'userName': '" + Scim.name("Zoë") + "', 'title': 'Größe 漢字 🎓'}");

    assertThat(scim.header("Content-Type").orElse("")).startsWith("application/scim+json");
    assertThat(json.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(named.text("/title")).isEqualTo("Größe 漢字 🎓");
  }

  @Test
  @DisplayName("RFC 7644 §3.10: an attribute may be named with its schema in front")
  void qualifiedNames() {
    String name = Scim.name("qualified");
    Scim.user(name);

    assertThat(count(Scim.USER + ":userName eq \"" + name + "\"")).isOne();
  }

  @Test
  @DisplayName("RFC 7644 §3.12: an error says its status in the answer and in the body")
  void errorsAreScim() {
    Reply reply = Scim.get("/Users/nobody");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("/schemas/0")).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(reply.at("/status").isTextual()).isTrue();
    assertThat(reply.text("/status")).isEqualTo("404");
    assertThat(reply.text("/detail")).isNotEmpty();
  }

  @Test
  @DisplayName("RFC 7644 §3.13: another version of the protocol is refused")
  void versions() {
    Reply v1 =
        Scim.send(
            Scim.bare("GET", "/../v1/Users", null)
                .setHeader("Authorization", "Bearer " + RealSurroundings.TOKEN)
                .build());

    assertThat(v1.status()).isEqualTo(404);
  }

  @Test
  @DisplayName("RFC 7644 §3.14: a write under a condition that does not hold is refused with 412")
  void conditions() {
    Reply user = Scim.user(Scim.name("conditional"));
    String path = "/Users/" + user.id();
    String body = "{'userName': '" + user.text("/userName") + "', 'title': 'x'}";

    assertThat(Scim.send("GET", path, null, "If-None-Match", user.text("/meta/version")).status())
        .isEqualTo(304);
    assertThat(Scim.send("PUT", path, body, "If-Match", "W/\"77\"").status()).isEqualTo(412);
    assertThat(
            Scim.send("PUT", path, body, "If-Match", user.text("/meta/version"))
                .text("/meta/version"))
        .isNotEqualTo(user.text("/meta/version"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/Schemas", "/ResourceTypes"})
  @DisplayName("RFC 7644 §4: discovery answers with a list, ignores paging and refuses filters")
  void discovery(String endpoint) {
    Reply all = Scim.get(endpoint);
    Reply paged = Scim.get(endpoint + "?startIndex=2&count=1&sortBy=name");

    assertThat(all.text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(paged.body()).isEqualTo(all.body());
    BadInputIT.assertError(Scim.list(endpoint, "name eq \"User\""), 403);
  }

  @Test
  @DisplayName("RFC 7644 §5, §7.8: user names are compared after PRECIS preparation")
  void preparedNames() {
    String name = Scim.name("Zoë");
    Scim.user(name);
    String decomposed = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD);

    BadInputIT.assertError(Scim.user(decomposed.toUpperCase(Locale.ROOT)), 409);
    assertThat(count("userName eq \"" + decomposed + "\"")).isOne();
  }

  private static int count(String filter) {
    Reply reply = Scim.list("/Users", filter);
    assertThat(reply.status()).as(filter + " " + reply.body()).isEqualTo(200);
    return reply.at("/totalResults").asInt();
  }

  private static Reply person(String nick, String title, boolean active) {
    return Scim.post(
        "/Users",
        String.format(
            Locale.ROOT,
            "{'userName': '%s', 'nickName': '%s', 'title': '%s', 'active': %s, 'name':"
                + " {'givenName': 'Given', 'familyName': 'Family'}}",
            Scim.name(nick),
            nick,
            title,
            active));
  }
}
