package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 7644 §3.3 to §3.6, §3.9, §3.14. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class ResourcesIT {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  @Test
  @DisplayName("RFC 7644 §3.3: 201 with the whole resource, its Location and version")
  void createdIsAnsweredWithTheWholeResourceAndWhereItIs() {
    String name = Scim.name("Created");
    Scim.Reply reply = Scim.user(name);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Content-Type")).contains("application/scim+json");
    assertThat(reply.header("Location")).contains(Scim.base() + "/Users/" + reply.id());
    assertThat(reply.text("/meta/location")).isEqualTo(reply.header("Location").orElseThrow());
    assertThat(reply.text("/meta/resourceType")).isEqualTo("User");
    assertThat(reply.text("/meta/created")).isEqualTo(reply.text("/meta/lastModified"));
    assertThat(reply.header("ETag")).contains(reply.text("/meta/version")).contains("W/\"1\"");
    assertThat(reply.text("/userName")).isEqualTo(name);
    assertThat(reply.text("/schemas/0")).isEqualTo(Scim.USER);
    assertThat(Scim.get("/Users/" + reply.id()).body()).isEqualTo(reply.body());
  }

  @Test
  @DisplayName("RFC 7644 §3.8: application/json is accepted and answered")
  void plainJsonIsSpokenToThoseWhoKnowNothingElse() {
    Scim.Reply plain = Scim.send("GET", "/Users?count=0", null, "Accept", "application/json");
    Scim.Reply both =
        Scim.send(
            "GET", "/Users?count=0", null, "Accept", "application/scim+json, application/json");
    Scim.Reply sent =
        Scim.send(
            "POST",
            "/Users",
            "{'userName': '" + Scim.name("plain") + "'}",
            "Content-Type",
            "application/json; charset=UTF-8");

    assertThat(plain.header("Content-Type")).contains("application/json");
    assertThat(both.header("Content-Type")).contains("application/scim+json");
    assertThat(sent.status()).isEqualTo(201);
  }

  @Test
  @DisplayName("RFC 7643 §4.1.1: userName is unique ignoring case, and free again after DELETE")
  void aNameIsTakenWhateverItsCaseUntilItsOwnerIsGone() {
    String name = Scim.name("Élodie.Ada");
    String id = Scim.user(name).id();
    String other = Scim.user(Scim.name("other")).id();

    Scim.Reply again = Scim.user(name.toUpperCase(Locale.ROOT));
    BadInputIT.assertError(again, 409);
    assertThat(again.text("/scimType")).isEqualTo("uniqueness");
    assertThat(again.text("/detail")).contains("userName");
    BadInputIT.assertError(Scim.put("/Users/" + other, "{'userName': '" + name + "'}"), 409);
    BadInputIT.assertError(
        Scim.patch(
            "/Users/" + other, "{'op': 'replace', 'path': 'userName', 'value': '" + name + "'}"),
        409);

    assertThat(Scim.delete("/Users/" + id).status()).isEqualTo(204);
    assertThat(Scim.user(name).status()).isEqualTo(201);
  }

  @Test
  void oneOfManyHandsGetsTheName() { // §3.3
    String name = Scim.name("grace");
    List<CompletableFuture<Scim.Reply>> sent = new ArrayList<>();
    for (int hand = 0; hand < 20; hand++) {
      String spelled = hand % 2 == 0 ? name : name.toUpperCase(Locale.ROOT);
      sent.add(Scim.sending(Scim.request("POST", "/Users", "{'userName': '" + spelled + "'}")));
    }

    List<Scim.Reply> replies = sent.stream().map(CompletableFuture::join).toList();

    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 201)
        .allSatisfy(
            reply -> {
              BadInputIT.assertError(reply, 409);
              assertThat(reply.text("/scimType")).isEqualTo("uniqueness");
            });
  }

  @Test
  @DisplayName("RFC 7644 §3.6: what is deleted is 404 for every operation")
  void deletedIsGoneForEveryOperation() {
    String name = Scim.name("gone");
    String path = "/Users/" + Scim.user(name).id();

    assertThat(Scim.delete(path).status()).isEqualTo(204);

    BadInputIT.assertError(Scim.get(path), 404);
    BadInputIT.assertError(Scim.delete(path), 404);
    BadInputIT.assertError(Scim.put(path, "{'userName': 'x'}"), 404);
    BadInputIT.assertError(Scim.patch(path, "{'op': 'remove', 'path': 'title'}"), 404);
    assertThat(Scim.list("/Users", "userName eq \"" + name + "\"").text("/totalResults"))
        .isEqualTo("0");
  }

  @Test
  void aResourceIsNotThereUnderAnotherType() {
    String user = Scim.user(Scim.name("typed")).id();
    String group = Scim.group(Scim.name("typed")).id();

    BadInputIT.assertError(Scim.get("/Groups/" + user), 404);
    BadInputIT.assertError(Scim.delete("/Users/" + group), 404);
    BadInputIT.assertError(
        Scim.patch(
            "/Groups/" + user, "{'op': 'add', 'path': 'members', 'value': ['" + user + "']}"),
        404);
    assertThat(Scim.get("/Users/" + user).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("RFC 7643 §4.1.1: a password is never returned")
  void aPasswordIsAcceptedAndNowhereToBeFound() {
    String secret = "correct-horse-" + Scim.name("battery");
    String id =
        Scim.post(
                "/Users",
                "{'userName': '" + Scim.name("secret") + "', 'password': '" + secret + "'}")
            .id();
    Scim.put(
        "/Users/" + id,
        "{'userName': '" + Scim.name("secret") + "', 'password': '" + secret + "'}");
    Scim.Reply patched =
        Scim.patch(
            "/Users/" + id, "{'op': 'replace', 'path': 'password', 'value': '" + secret + "'}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.text("/meta/version")).as("nothing changed").isEqualTo("W/\"2\"");
    assertThat(Scim.get("/Users/" + id + "?attributes=password,userName").body().has("password"))
        .isFalse();
    assertThat(
            DirectoryTables.number(
                "SELECT count(*) FROM scim.resource r WHERE r::text LIKE '%correct-horse%'"))
        .isZero();
  }

  @Test
  @DisplayName("RFC 7644 §3.5.1: PUT clears what is not sent")
  void replacingClearsWhatIsNotSentButNeverActivates() {
    String name = Scim.name("replaced");
    Scim.Reply created =
        Scim.post(
            "/Users",
            "{'userName': '"
                + name
                + "', 'active': false, 'title': 'T', 'id': 'mine', '"
                + ENTERPRISE
                + "': {'department': 'R', 'manager': 'm'}}");
    assertThat(created.at("/" + ENTERPRISE + "/manager/value").asText()).isEqualTo("m");

    Scim.Reply replaced =
        Scim.put("/Users/" + created.id(), "{'userName': '" + name + "', 'id': 'mine'}");

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.id()).isEqualTo(created.id());
    assertThat(replaced.body().has("title")).isFalse();
    assertThat(replaced.at("/schemas")).hasSize(1);
    assertThat(replaced.at("/active").asBoolean(true)).isFalse();
    assertThat(replaced.text("/meta/created")).isEqualTo(created.text("/meta/created"));
    assertThat(replaced.text("/meta/version")).isEqualTo("W/\"2\"");
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.2: a removed attribute is unassigned")
  void whoseActiveIsRemovedIsNotActive() {
    String name = Scim.name("removed");
    String path = "/Users/" + Scim.user(name).id();

    Scim.Reply patched = Scim.patch(path, "{'op': 'remove', 'path': 'active'}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.body().has("active")).isFalse();
    assertThat(
            Scim.list("/Users", "userName eq \"" + name + "\" and active eq true")
                .at("/totalResults")
                .asInt())
        .isZero();
    assertThat(Scim.put(path, "{'userName': '" + name + "'}").body().has("active"))
        .as("silence activates nobody")
        .isFalse();
  }

  @Test
  void aPutThatDoesNotSpeakOfMembersLeavesThemAlone() {
    String user = Scim.user(Scim.name("kept")).id();
    String name = Scim.name("keeping");
    String group = "/Groups/" + Scim.group(name, user).id();

    Scim.Reply silent = Scim.put(group, "{'displayName': '" + name + "2'}");
    assertThat(silent.at("/members")).hasSize(1);

    Scim.Reply empty = Scim.put(group, "{'displayName': '" + name + "2', 'members': []}");
    assertThat(empty.body().has("members")).isFalse();
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2.1: adding what is there changes neither version nor lastModified")
  void whatChangesNothingIsNoNewVersion() {
    String name = Scim.name("same");
    String body =
        "{'userName': '"
            + name
            + "', 'emails': [{'value': 'a@b', 'type': 'work'}, {'value': 'c@d', 'type': 'home'}]}";
    String reordered =
        "{'emails': [{'type': 'home', 'value': 'c@d'}, {'value': 'a@b', 'type': 'work'}], 'userName': '"
            + name
            + "'}";
    JsonNode created = Scim.post("/Users", body).body();
    String path = "/Users/" + created.get("id").asText();

    assertThat(Scim.put(path, reordered).body()).isEqualTo(created);
    assertThat(Scim.patch(path, "{'op': 'replace', 'path': 'active', 'value': 'True'}").body())
        .isEqualTo(created);
    assertThat(Scim.get(path).body()).isEqualTo(created);
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: a PATCH may be answered with 204, unless attributes are asked for")
  void aGroupPatchIsAnsweredBriefly() {
    String group = "/Groups/" + Scim.group(Scim.name("brief")).id();
    String rename =
        "{'op': 'replace', 'path': 'displayName', 'value': '" + Scim.name("renamed") + "'}";

    Scim.Reply brief = Scim.patch(group, rename);
    assertThat(brief.status()).isEqualTo(204);
    assertThat(brief.http().body()).isEmpty();
    assertThat(brief.header("ETag")).contains("W/\"2\"");
    assertThat(brief.header("Location")).contains(Scim.base() + group);

    Scim.Reply asked = Scim.patch(group + "?attributes=displayName", rename);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.text("/displayName")).startsWith("renamed");
  }

  @Test
  @DisplayName("RFC 7644 §3.14: If-Match guards writes, If-None-Match saves reads")
  void entityTagsGuardWritesAndSaveReads() {
    String name = Scim.name("tagged");
    String path = "/Users/" + Scim.user(name).id();
    String body = "{'userName': '" + name + "', 'title': 'x'}";

    BadInputIT.assertError(Scim.send("PUT", path, body, "If-Match", "W/\"7\""), 412);
    BadInputIT.assertError(
        Scim.send(
            "PATCH",
            path,
            Scim.patchBody("{'op': 'remove', 'path': 'title'}"),
            "If-Match",
            "W/\"7\""),
        412);
    BadInputIT.assertError(Scim.send("DELETE", path, null, "If-Match", "W/\"7\""), 412);
    assertThat(Scim.send("PUT", path, body, "If-Match", "W/\"7\", W/\"1\"").status())
        .isEqualTo(200);
    assertThat(Scim.send("PUT", path, body, "If-Match", "*").status()).isEqualTo(200);

    Scim.Reply unchanged = Scim.send("GET", path, null, "If-None-Match", "W/\"2\"");
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.http().body()).isEmpty();
    assertThat(Scim.send("GET", path, null, "If-None-Match", "W/\"1\"").status()).isEqualTo(200);
    assertThat(Scim.send("DELETE", path, null, "If-Match", "W/\"2\"").status()).isEqualTo(204);
  }

  @Test
  @DisplayName("RFC 7644 §3.9: attributes and excludedAttributes choose what is shown")
  void attributesChooseWhatIsShown() {
    String user = Scim.user(Scim.name("shown")).id();
    String group = Scim.group(Scim.name("shown"), user).id();

    assertThat(names(Scim.get("/Users/" + user + "?attributes=userName").body()))
        .containsExactlyInAnyOrder("schemas", "id", "userName");
    assertThat(names(Scim.get("/Groups/" + group + "?excludedAttributes=members,meta").body()))
        .containsExactlyInAnyOrder("schemas", "id", "displayName");
    assertThat(Scim.get("/Groups/" + group + "?attributes=members.value").at("/members/0"))
        .hasToString("{\"value\":\"" + user + "\"}");
    assertThat(Scim.get("/Users/" + user + "?excludedAttributes=groups").body().has("groups"))
        .isFalse();
    assertThat(
            names(
                Scim.post("/Users?attributes=userName", "{'userName': '" + Scim.name("s") + "'}")
                    .body()))
        .containsExactlyInAnyOrder("schemas", "id", "userName");
  }

  @Test
  @DisplayName("RFC 9110 §13.1: conditions hold for reads and writes alike")
  void conditionsHoldForReadsAndWritesAlike() {
    String path = "/Users/" + Scim.user(Scim.name("conditional")).id();
    String body = "{'userName': '" + Scim.name("conditional") + "'}";
    String remove = Scim.patchBody("{'op': 'remove', 'path': 'title'}");

    for (String tag : List.of("W/\"1\"", "\"1\"", "*", "W/\"9\", W/\"1\"")) {
      Scim.Reply known = Scim.send("GET", path, null, "If-None-Match", tag);
      assertThat(known.status()).as(tag).isEqualTo(304);
      assertThat(known.http().body()).isEmpty();
      assertThat(known.header("ETag")).contains("W/\"1\"");
      assertThat(Scim.send("HEAD", path, null, "If-None-Match", tag).status()).isEqualTo(304);
      BadInputIT.assertError(Scim.send("PUT", path, body, "If-None-Match", tag), 412);
      BadInputIT.assertError(Scim.send("PATCH", path, remove, "If-None-Match", tag), 412);
      BadInputIT.assertError(Scim.send("DELETE", path, null, "If-None-Match", tag), 412);
      assertThat(Scim.send("GET", path, null, "If-Match", tag).status()).isEqualTo(200);
      assertThat(Scim.send("PATCH", path, remove, "If-Match", tag).status()).isEqualTo(200);
    }
    BadInputIT.assertError(Scim.send("GET", path, null, "If-Match", "W/\"2\""), 412);
    assertThat(Scim.get(path).text("/meta/version")).isEqualTo("W/\"1\"");
  }

  @Test
  @DisplayName("RFC 9110 §9.3.2: HEAD answers as GET without the body")
  void headTellsWhatGetWouldWithoutTheBody() {
    String path = "/Users/" + Scim.user(Scim.name("headed")).id();
    for (String what : List.of(path, "/Users?count=1", "/ServiceProviderConfig", "/Schemas")) {
      Scim.Reply head = Scim.send("HEAD", what, null);
      assertThat(head.status()).as(what).isEqualTo(200);
      assertThat(head.http().body()).isEmpty();
      assertThat(head.header("ETag")).isEqualTo(Scim.get(what).header("ETag"));
      assertThat(head.header("Content-Type")).contains("application/scim+json");
    }
    assertThat(Scim.send("HEAD", "/Users/" + path, null).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("RFC 7644 §3.9: POST, PUT and PATCH answers show what was asked for")
  void everyAnswerWithAResourceShowsWhatWasAskedFor() {
    String path = "/Users/" + Scim.user(Scim.name("shown")).id();
    String name = Scim.name("shown");
    String patch = Scim.patchBody("{'op': 'add', 'path': 'title', 'value': '" + name + "'}");
    String[] all = {"schemas", "id", "userName"};

    assertThat(
            names(Scim.put(path + "?attributes=userName", "{'userName': '" + name + "'}").body()))
        .containsExactlyInAnyOrder(all);
    assertThat(names(Scim.send("PATCH", path + "?attributes=userName", patch).body()))
        .containsExactlyInAnyOrder(all);
    assertThat(
            names(Scim.send("PATCH", path + "?excludedAttributes=meta,active,title", patch).body()))
        .containsExactlyInAnyOrder(all);
    BadInputIT.assertError(
        Scim.put(path + "?attributes=a&excludedAttributes=b", "{'userName': '" + name + "'}"), 400);
  }

  @Test
  @DisplayName("RFC 7643 §4.1.2: groups of a user and members of a group point at each other")
  void membersAndGroupsPointAtEachOther() {
    String name = Scim.name("pointed");
    String user = Scim.user(name).id();
    String groupName = Scim.name("pointing");
    Scim.Reply group = Scim.group(groupName, user);

    assertThat(group.status()).isEqualTo(201);
    JsonNode member = group.at("/members/0");
    assertThat(member.get("value").asText()).isEqualTo(user);
    assertThat(member.get("$ref").asText()).isEqualTo(Scim.base() + "/Users/" + user);
    assertThat(member.get("display").asText()).isEqualTo(name);
    assertThat(member.get("type").asText()).isEqualTo("User");
    JsonNode of = Scim.get("/Users/" + user).at("/groups/0");
    assertThat(of.get("value").asText()).isEqualTo(group.id());
    assertThat(of.get("$ref").asText()).isEqualTo(Scim.base() + "/Groups/" + group.id());
    assertThat(of.get("display").asText()).isEqualTo(groupName);
    assertThat(of.get("type").asText()).isEqualTo("direct");
    assertThat(
            Scim.get(URI.create(of.get("$ref").asText()).getPath().substring("/scim/v2".length()))
                .status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.4: pages cover all results once and in order")
  void pagesCoverEverythingOnceAndInOrder() {
    DirectoryTables.empty();
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      created.add(Scim.user(Scim.name("paged")).id());
    }

    List<String> found = new ArrayList<>();
    for (int start = 1; start <= 25; start += 10) {
      Scim.Reply page = Scim.get("/Users?startIndex=" + start + "&count=10");
      assertThat(page.at("/totalResults").asInt()).isEqualTo(25);
      assertThat(page.at("/startIndex").asInt()).isEqualTo(start);
      assertThat(page.at("/itemsPerPage").asInt()).isEqualTo(page.at("/Resources").size());
      page.at("/Resources").forEach(user -> found.add(user.get("id").asText()));
    }
    assertThat(found).isEqualTo(created);

    assertThat(Scim.get("/Users?count=0").at("/totalResults").asInt()).isEqualTo(25);
    assertThat(Scim.get("/Users?count=0").at("/Resources")).isEmpty();
    assertThat(Scim.get("/Users?count=-1").at("/Resources")).isEmpty();
    assertThat(Scim.get("/Users?startIndex=-5&count=1").at("/startIndex").asInt()).isEqualTo(1);
    assertThat(Scim.get("/Users?startIndex=1000").at("/totalResults").asInt()).isEqualTo(25);
    assertThat(Scim.get("/Users?count=99999").at("/Resources")).hasSize(25);
    assertThat(Scim.get("/Users?shoeSize=42").status())
        .as("unknown parameters are ignored")
        .isEqualTo(200);
  }

  @Test
  void namesOfAllKindsComeBackAsTheyWere() {
    for (String name :
        new String[] {
          "O''Malley; DROP ROLE x",
          "\\\"; DROP ROLE postgres; --",
          "😀 Ada 🐘",
          "名前",
          "a b\\\\c/%_[]{}",
          "x".repeat(200),
        }) {
      String unique = Scim.name(name);
      Scim.Reply created =
          Scim.send("POST", "/Users", "{'userName': '" + unique.replace("'", "\\u0027") + "'}");
      assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
      Scim.Reply found = Scim.list("/Users", "userName eq \"" + unique + "\"");
      assertThat(found.text("/Resources/0/id")).isEqualTo(created.id());
      assertThat(found.at("/Resources/0/userName")).isEqualTo(created.at("/userName"));
    }
  }

  @Test
  @DisplayName("RFC 7644 §4: discovery serves ServiceProviderConfig, ResourceTypes and Schemas")
  void discoverySaysWhatIsThere() {
    Scim.Reply config = Scim.get("/ServiceProviderConfig");
    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(config.at("/filter/supported").asBoolean()).isTrue();
    assertThat(config.at("/etag/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/maxOperations").asInt()).isEqualTo(1_000);
    assertThat(config.at("/bulk/maxPayloadSize").asInt()).isEqualTo(32 * 1_024 * 1_024);
    assertThat(config.text("/securityEvents/asyncRequest")) // RFC 9967 §4
        .isEqualTo("request");
    assertThat(config.text("/securityEvents/eventUris/0"))
        .isEqualTo("urn:ietf:params:scim:event:misc:asyncresp");
    assertThat(config.text("/meta/location")).isEqualTo(Scim.base() + "/ServiceProviderConfig");

    Scim.Reply types = Scim.get("/ResourceTypes?startIndex=5&count=1");
    assertThat(types.at("/totalResults").asInt()).isEqualTo(4);
    for (JsonNode type : types.at("/Resources")) {
      assertThat(Scim.get(type.get("endpoint").asText()).status()).isEqualTo(200);
      assertThat(Scim.get("/ResourceTypes/" + type.get("name").asText()).body()).isEqualTo(type);
      assertThat(Scim.get("/Schemas/" + type.get("schema").asText()).text("/id"))
          .isEqualTo(type.get("schema").asText());
    }

    Scim.Reply schemas = Scim.get("/Schemas");
    Set<String> ids = new HashSet<>();
    schemas.at("/Resources").forEach(schema -> ids.add(schema.get("id").asText()));
    assertThat(ids).contains(Scim.USER, ENTERPRISE, "urn:ietf:params:scim:schemas:core:2.0:Group");
    for (String id : ids) {
      assertThat(Scim.get("/Schemas/" + id).text("/meta/location"))
          .isEqualTo(Scim.base() + "/Schemas/" + id);
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
