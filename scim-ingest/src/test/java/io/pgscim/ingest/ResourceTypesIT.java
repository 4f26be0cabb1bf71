package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 7643 §6, §7: the types of deploy/resource-types are served like those that are built in. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class ResourceTypesIT {
  private static final String AGENT = "urn:ietf:params:scim:schemas:core:2.0:Agent";
  private static final String OWNERSHIP = "urn:pgscim:example:schemas:extension:Ownership";
  private static final String PGSCIM = "urn:pgscim:params:scim:schemas:extension:2.0:User";

  @Test
  @DisplayName("RFC 7644 §4: further resource types and their schemas are discovered")
  void discoveryShowsThem() {
    JsonNode types = Scim.get("/ResourceTypes").at("/Resources");
    List<String> endpoints = new ArrayList<>();
    types.forEach(type -> endpoints.add(type.get("endpoint").asText()));

    assertThat(endpoints).containsExactly("/Users", "/Groups", "/Agents", "/ServiceAccounts");
    JsonNode account = Scim.get("/ResourceTypes/ServiceAccount").body();
    assertThat(account.at("/schemaExtensions/0/schema").asText()).isEqualTo(OWNERSHIP);
    assertThat(account.at("/schemaExtensions/0/required").asBoolean()).isTrue();
    assertThat(Scim.get("/ResourceTypes/User").at("/schemaExtensions").toString()).contains(PGSCIM);
    assertThat(Scim.get("/Schemas/" + AGENT).at("/attributes/0/uniqueness").asText())
        .isEqualTo("server");
    assertThat(Scim.get("/Schemas/" + OWNERSHIP).status()).isEqualTo(200);
    assertThat(Scim.get("/Schemas/" + PGSCIM).at("/attributes").findValuesAsText("name"))
        .containsExactly("accessUntil", "githubLogin", "slackId");
  }

  @Test
  @DisplayName("RFC 7644 §3: a further resource type has every operation")
  void anAgentLivesLikeAUser() {
    String owner = Scim.user(Scim.name("owner")).id();
    String name = Scim.name("Agent");
    Scim.Reply created =
        Scim.post(
            "/Agents",
            "{'schemas': ['"
                + AGENT
                + "'], 'agentUserName': '"
                + name
                + "', 'active': true,"
                + " 'owners': [{'value': '"
                + owner
                + "'}]}");
    String path = "/Agents/" + created.id();

    assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
    assertThat(created.header("Location")).contains(Scim.base() + path);
    assertThat(created.text("/meta/resourceType")).isEqualTo("Agent");
    assertThat(Scim.get(path).body()).isEqualTo(created.body());
    assertThat(Scim.get("/Users/" + created.id()).status()).isEqualTo(404);
    for (String filter :
        List.of(
            "agentUserName eq \"" + name.toUpperCase(java.util.Locale.ROOT) + "\"",
            AGENT + ":agentUserName sw \"" + name + "\" and active eq true",
            "owners[value eq \"" + owner + "\"]",
            "owners.value eq \"" + owner + "\"")) {
      assertThat(Scim.list("/Agents", filter).text("/Resources/0/id"))
          .as(filter)
          .isEqualTo(created.id());
    }
    assertThat(Scim.get(path + "?attributes=owners.value").body().has("agentUserName")).isFalse();
    assertThat(Scim.get(path + "?excludedAttributes=owners").body().has("owners")).isFalse();
    Scim.Reply patched =
        Scim.patch(
            path,
            "{'op': 'Replace', 'path': 'active', 'value': 'False'},"
                + "{'op': 'add', 'path': 'owners[value eq \\\""
                + owner
                + "\\\"].primary', 'value': true}");
    assertThat(patched.status()).as("%s", patched.body()).isEqualTo(200);
    assertThat(patched.at("/active").asBoolean(true)).isFalse();
    assertThat(patched.at("/owners/0/primary").asBoolean()).isTrue();
    assertThat(patched.header("ETag")).contains("W/\"2\"");
    Scim.Reply replaced = Scim.put(path, "{'agentUserName': '" + name + "', 'displayName': 'Bo'}");
    assertThat(replaced.body().has("owners")).isFalse();
    assertThat(replaced.text("/displayName")).isEqualTo("Bo");
    assertThat(Scim.post("/Agents", "{'agentUserName': '" + name + "'}").status()).isEqualTo(409);
    assertThat(Scim.delete(path).status()).isEqualTo(204);
    assertThat(Scim.get(path).status()).isEqualTo(404);
  }

  @Test
  void aTypeMayHaveTheNamesThatAnotherHas() {
    String name = Scim.name("shared");

    assertThat(Scim.user(name).status()).isEqualTo(201);
    assertThat(Scim.post("/Agents", "{'agentUserName': '" + name + "'}").status()).isEqualTo(201);
    assertThat(Scim.list("/Users", "userName eq \"" + name + "\"").at("/totalResults").asInt())
        .isEqualTo(1);
  }

  @Test
  @DisplayName("RFC 7643 §6: a resource without its required extension is refused")
  void aRequiredExtensionIsRequired() {
    Scim.Reply without =
        Scim.post("/ServiceAccounts", "{'accountName': '" + Scim.name("bare") + "'}");
    Scim.Reply taken =
        Scim.patch(
            "/ServiceAccounts/" + account(Scim.name("owned"), "").id(),
            "{'op': 'remove', 'path': '" + OWNERSHIP + "'}");

    assertThat(without.status()).isEqualTo(400);
    assertThat(without.text("/detail")).isEqualTo(OWNERSHIP + ":owner is required");
    assertThat(taken.status()).isEqualTo(400);
    assertThat(taken.text("/scimType")).isEqualTo("mutability");
  }

  @Test
  @DisplayName("RFC 7643 §7: the characteristics of a further schema are enforced")
  void characteristicsAreThoseOfTheFile() {
    String name = Scim.name("Batch");
    Scim.Reply created = account(name, ", 'secret': 'hunter2', 'level': 3");
    String path = "/ServiceAccounts/" + created.id();

    assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
    assertThat(created.body().has("secret")).isFalse();
    assertThat(created.text("/level")).as("it was written").isEqualTo("3");
    assertThat(Scim.get(path).body().has("level")).as("it was not asked for").isFalse();
    assertThat(Scim.get(path + "?attributes=level").text("/level")).isEqualTo("3");
    assertThat(Scim.get(path + "?attributes=level").text("/accountName")).isEqualTo(name);
    assertThat(Scim.list("/ServiceAccounts", "secret pr").text("/scimType"))
        .isEqualTo("invalidFilter");
    assertThat(
            Scim.list("/ServiceAccounts", "level ge 3 and accountName eq \"" + name + "\"")
                .at("/totalResults")
                .asInt())
        .isEqualTo(1);
    Scim.Reply renamed = Scim.patch(path, "{'op': 'replace', 'path': 'accountName', 'value': 'x'}");
    assertThat(renamed.status()).isEqualTo(400);
    assertThat(renamed.text("/scimType")).isEqualTo("mutability");
    assertThat(
            DirectoryTables.number(
                "SELECT count(*) FROM scim.resource WHERE document::text LIKE '%hunter2%'"
                    + " OR comparable::text LIKE '%hunter2%'"))
        .isZero();
  }

  @Test
  @DisplayName("RFC 7643 §7: uniqueness holds for any attribute of a further schema")
  void anyAttributeIsUniqueWhereverItStands() {
    String key = Scim.name("SHA256:key");
    Scim.Reply first =
        account(Scim.name("one"), ", 'keys': [{'value': '" + key + "', 'type': 'ssh'}]");
    Scim.Reply second = account(Scim.name("two"), "");
    String path = "/ServiceAccounts/" + second.id();
    String addKey = "{'op': 'add', 'path': 'keys', 'value': [{'value': '" + key + "'}]}";

    Scim.Reply created = account(Scim.name("three"), ", 'keys': [{'value': '" + key + "'}]");
    assertThat(created.status()).isEqualTo(409);
    assertThat(created.text("/scimType")).isEqualTo("uniqueness");
    assertThat(created.text("/detail")).isEqualTo("the keys.value is already in use");
    assertThat(Scim.patch(path, addKey).status()).isEqualTo(409);
    assertThat(Scim.get(path).text("/meta/version")).as("nothing happened").isEqualTo("W/\"1\"");

    assertThat(
            Scim.patch("/ServiceAccounts/" + first.id(), "{'op': 'remove', 'path': 'keys'}")
                .status())
        .isEqualTo(200);
    assertThat(Scim.patch(path, addKey).status()).as("given up, so free").isEqualTo(200);
    assertThat(Scim.delete(path).status()).isEqualTo(204);
    assertThat(account(Scim.name("four"), ", 'keys': [{'value': '" + key + "'}]").status())
        .as("gone, so free")
        .isEqualTo(201);
  }

  @Test
  void ofManyWhoWantOneValueOneGetsIt() {
    List<CompletableFuture<Scim.Reply>> all =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    Scim.sending(
                        Scim.request(
                            "POST", "/ServiceAccounts", accountBody(Scim.name("race"), "", 4711))))
            .toList();

    assertThat(all).extracting(reply -> reply.join().status()).containsOnlyOnce(201);
    assertThat(all).extracting(reply -> reply.join().status()).containsOnly(201, 409);
  }

  @Test
  void aLoginAtGithubIsOnePersonsWhateverItsCase() {
    String login = Scim.name("Octo-Cat");
    String first = Scim.user(Scim.name("github")).id();
    String second = Scim.user(Scim.name("github")).id();
    String path = PGSCIM + ":githubLogin";

    Scim.Reply set =
        Scim.patch(
            "/Users/" + first,
            "{'op': 'add', 'path': '"
                + path
                + "', 'value': '"
                + login
                + "'},"
                + "{'op': 'add', 'path': '"
                + PGSCIM
                + ":accessUntil', 'value': '2030-01-31T18:00:00+01:00'}");
    assertThat(set.status()).as("%s", set.body()).isEqualTo(200);
    assertThat(set.body().path(PGSCIM).path("githubLogin").asText()).isEqualTo(login);
    assertThat(set.at("/schemas").toString()).contains(PGSCIM);
    Scim.Reply other =
        Scim.patch(
            "/Users/" + second,
            "{'op': 'add', 'path': '"
                + path
                + "', 'value': '"
                + login.toUpperCase(java.util.Locale.ROOT)
                + "'}");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("/detail")).isEqualTo("the " + path + " is already in use");
    assertThat(Scim.list("/Users", path + " eq \"" + login + "\"").text("/Resources/0/id"))
        .isEqualTo(first);
    assertThat(
            Scim.list(
                    "/Users",
                    PGSCIM + ":accessUntil eq \"2030-01-31T17:00:00Z\" and id eq \"" + first + "\"")
                .at("/totalResults")
                .asInt())
        .isEqualTo(1);
  }

  private static Scim.Reply account(String name, String more) {
    return Scim.post("/ServiceAccounts", accountBody(name, more, null));
  }

  private static String accountBody(String name, String more, Integer number) {
    return "{'accountName': '"
        + name
        + "'"
        + more
        + ", '"
        + OWNERSHIP
        + "': {'owner': '../Users/1'"
        + (number == null ? "" : ", 'inventoryNumber': " + number)
        + "}}";
  }
}
