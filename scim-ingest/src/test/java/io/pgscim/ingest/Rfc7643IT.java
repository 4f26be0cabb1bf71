package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.ingest.Scim.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What RFC 7643 wants of a service provider, clause by clause. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class Rfc7643IT {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  @Test
  @DisplayName("RFC 7643 §2.1: names of attributes are found in any case")
  void namesInAnyCase() {
    Reply reply =
        Scim.post(
            "/Users",
            "{'SCHEMAS': ['"
                + Scim.USER
                + "'], 'USERNAME': '"
                + Scim.name("case")
                + "', 'NaMe': {'FAMILYNAME': 'Lovelace'}}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.text("/name/familyName")).isEqualTo("Lovelace");
  }

  @Test
  @DisplayName("RFC 7643 §2.3.6: a binary value is base64")
  void binaryIsBase64() {
    Reply right = created("'x509Certificates': [{'value': 'MIIB-_8='}]");
    Reply wrong = created("'x509Certificates': [{'value': 'no certificate at all!'}]");

    assertThat(right.status()).isEqualTo(201);
    BadInputIT.assertError(wrong, 400);
    assertThat(wrong.text("/scimType")).isEqualTo("invalidValue");
    assertThat(wrong.text("/detail")).contains("x509Certificates");
  }

  @Test
  @DisplayName("RFC 7643 §2.3.7: a reference to a resource leads to it")
  void referencesLeadSomewhere() {
    String user = Scim.user(Scim.name("referenced")).id();
    Reply group = Scim.group(Scim.name("refers"), user);
    String member = group.text("/members/0/$ref");
    String back = Scim.get("/Users/" + user).text("/groups/0/$ref");

    assertThat(Scim.get(member.substring(Scim.base().length())).id()).isEqualTo(user);
    assertThat(Scim.get(back.substring(Scim.base().length())).id()).isEqualTo(group.id());
  }

  @Test
  @DisplayName("RFC 7643 §2.3.8: the order of names and of values means nothing")
  void orderMeansNothing() {
    String name = Scim.name("ordered");
    Reply first =
        Scim.post(
            "/Users",
            "{'userName': '"
                + name
                + "', 'nickName': 'n', 'emails': [{'value': 'a@x.org'}, {'value': 'b@x.org'}]}");
    Reply again =
        Scim.put(
            "/Users/" + first.id(),
            "{'emails': [{'value': 'b@x.org'}, {'value': 'a@x.org'}], 'nickName': 'n', 'userName': '"
                + name
                + "'}");

    assertThat(again.text("/meta/version")).isEqualTo(first.text("/meta/version"));
  }

  @Test
  @DisplayName("RFC 7643 §2.4: at most one value is primary")
  void onePrimary() {
    Reply two =
        created(
            "'emails': [{'value': 'a@x.org', 'primary': true}, {'value': 'b@x.org', 'primary':"
                + " true}]");

    BadInputIT.assertError(two, 400);
    assertThat(two.text("/scimType")).isEqualTo("invalidValue");
  }

  @Test
  @DisplayName("RFC 7643 §2.4: a value of one type is returned once")
  void noValueTwice() {
    Reply twice =
        created(
            "'emails': [{'value': 'a@x.org', 'type': 'work'}, {'value': 'a@x.org', 'type': 'work'},"
                + " {'value': 'a@x.org', 'type': 'home'}]");

    assertThat(twice.status()).isEqualTo(201);
    assertThat(twice.at("/emails")).hasSize(2);
  }

  @Test
  @DisplayName("RFC 7643 §2.5: null, an empty array and absence are the same")
  void unassignedIsUnassigned() {
    String name = Scim.name("unassigned");
    Reply absent = Scim.user(name);
    Reply nulls =
        Scim.put(
            "/Users/" + absent.id(),
            "{'userName': '"
                + name
                + "', 'active': true, 'nickName': null, 'emails': [], 'name': {}, '"
                + ENTERPRISE
                + "': {}}");

    assertThat(nulls.status()).isEqualTo(200);
    assertThat(nulls.text("/meta/version")).isEqualTo(absent.text("/meta/version"));
    assertThat(nulls.body().has("nickName") || nulls.body().has("emails")).isFalse();
  }

  @Test
  @DisplayName("RFC 7643 §3: schemas is not empty, has no value twice and only those of the type")
  void schemasOfTheType() {
    Reply reply =
        Scim.post(
            "/Users",
            "{'schemas': ['"
                + ENTERPRISE
                + "', '"
                + Scim.USER
                + "', '"
                + Scim.USER
                + "', 'urn:example:unheard:of'], 'userName': '"
                + Scim.name("schemas")
                + "', '"
                + ENTERPRISE
                + "': {'department': 'Finance'}}");

    assertThat(texts(reply.at("/schemas"))).containsExactlyInAnyOrder(Scim.USER, ENTERPRISE);
    assertThat(texts(Scim.user(Scim.name("schemas")).at("/schemas"))).containsExactly(Scim.USER);
  }

  @Test
  @DisplayName("RFC 7643 §3.1: the server gives the id, which is unique and stays")
  void idsAreTheServers() {
    String name = Scim.name("id");
    String wish = "01234567-89ab-7def-8123-456789abcdef";
    Reply one = Scim.post("/Users", "{'id': '" + wish + "', 'userName': '" + name + "'}");
    String id = one.id();
    Reply put =
        Scim.put(
            "/Users/" + id, "{'id': '" + wish + "', 'userName': '" + name + "', 'title': 't'}");
    Reply patched = Scim.patch("/Users/" + id, "{'op': 'add', 'value': {'nickName': 'x'}}");

    assertThat(id).isNotEqualTo(wish).doesNotContain("bulkId").isNotEmpty();
    assertThat(put.id()).isEqualTo(id);
    assertThat(patched.id()).isEqualTo(id);
    assertThat(Scim.user(Scim.name("id")).id()).isNotEqualTo(id);
  }

  @Test
  @DisplayName("RFC 7643 §3.1: externalId is the client's, kept as it is and never invented")
  void externalIdIsTheClients() {
    Reply without = created("'title': 'none'");
    Reply with = created("'externalId': 'Ex-Ternal/42'");

    assertThat(without.body().has("externalId")).isFalse();
    assertThat(with.text("/externalId")).isEqualTo("Ex-Ternal/42");
  }

  @Test
  @DisplayName("RFC 7643 §3.1: meta is the server's whatever the client says")
  void metaIsTheServers() {
    Instant before = Instant.now().minusSeconds(1);
    Reply reply =
        created(
            "'meta': {'resourceType': 'Group', 'created': '2001-01-01T00:00:00Z', 'version':"
                + " 'W/\\'x\\'', 'location': 'https://elsewhere.example'}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.text("/meta/resourceType")).isEqualTo("User");
    assertThat(Instant.parse(reply.text("/meta/created"))).isAfter(before);
    assertThat(reply.text("/meta/lastModified")).isEqualTo(reply.text("/meta/created"));
    assertThat(reply.text("/meta/location")).isEqualTo(Scim.base() + "/Users/" + reply.id());
  }

  @Test
  @DisplayName("RFC 7643 §3.1: meta.location is the Content-Location of the answer")
  void contentLocation() {
    Reply created = Scim.user(Scim.name("located"));
    Reply read = Scim.get("/Users/" + created.id());
    Reply patched =
        Scim.patch("/Users/" + created.id(), "{'op': 'add', 'value': {'nickName': 'x'}}");

    for (Reply reply : List.of(created, read, patched)) {
      assertThat(reply.header("Content-Location")).contains(reply.text("/meta/location"));
    }
  }

  @Test
  @DisplayName("RFC 7643 §3.1: a version is marked weak, and equals the ETag")
  void versionsAreWeak() {
    Reply reply = Scim.user(Scim.name("weak"));

    assertThat(reply.text("/meta/version")).startsWith("W/\"");
    assertThat(reply.header("ETag")).contains(reply.text("/meta/version"));
  }

  @Test
  @DisplayName("RFC 7643 §3.3: attributes of an extension stand under its URI")
  void extensionsAreContainers() {
    Reply reply = created("'" + ENTERPRISE + "': {'department': 'Finance'}");

    assertThat(reply.body().path(ENTERPRISE).path("department").asText()).isEqualTo("Finance");
    assertThat(reply.body().has("department")).isFalse();
  }

  @Test
  @DisplayName("RFC 7643 §4.1.1: userName is required, not empty, and unique in any case")
  void userNames() {
    String name = Scim.name("Unique.Name");
    Reply first = Scim.user(name);

    assertThat(first.text("/userName")).isEqualTo(name);
    BadInputIT.assertError(Scim.post("/Users", "{'active': true}"), 400);
    BadInputIT.assertError(Scim.post("/Users", "{'userName': ''}"), 400);
    BadInputIT.assertError(Scim.post("/Users", "{'userName': null}"), 400);
    BadInputIT.assertError(Scim.user(name.toLowerCase(Locale.ROOT)), 409);
  }

  @Test
  @DisplayName("RFC 7643 §4.1.1, §9.2: a password is returned in no form and stored nowhere")
  void passwords() {
    String secret = "corr3ct-horse-" + Scim.name("battery");
    Reply reply = created("'password': '" + secret + "'");
    Reply read = Scim.get("/Users/" + reply.id() + "?attributes=password,userName");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body().toString() + read.body())
        .doesNotContain("password")
        .doesNotContain(secret);
    assertThat(
            DirectoryTables.number(
                "SELECT count(*) FROM scim.resource r WHERE r::text LIKE '%" + secret + "%'"))
        .isZero();
  }

  @Test
  @DisplayName("RFC 7643 §4.1.2: membership changes through the group only")
  void groupsAreReadOnly() {
    Reply group = Scim.group(Scim.name("closed"));
    Reply user = created("'groups': [{'value': '" + group.id() + "'}]");
    Reply direct =
        Scim.patch(
            "/Users/" + user.id(),
            "{'op': 'add', 'path': 'groups', 'value': [{'value': '" + group.id() + "'}]}");

    assertThat(user.status()).isEqualTo(201);
    assertThat(user.body().has("groups")).isFalse();
    BadInputIT.assertError(direct, 400);
    assertThat(direct.text("/scimType")).isEqualTo("mutability");

    Scim.patch(
        "/Groups/" + group.id(),
        "{'op': 'add', 'path': 'members', 'value': [{'value': '" + user.id() + "'}]}");
    JsonNode held = Scim.get("/Users/" + user.id()).at("/groups/0");
    assertThat(held.path("value").asText()).isEqualTo(group.id());
    assertThat(held.path("$ref").asText()).isEqualTo(Scim.base() + "/Groups/" + group.id());
    assertThat(held.path("type").asText()).isEqualTo("direct");
    assertThat(held.path("display").asText()).isEqualTo(group.text("/displayName"));
  }

  @Test
  @DisplayName("RFC 7643 §4.2: a group has a displayName")
  void groupsHaveNames() {
    BadInputIT.assertError(Scim.post("/Groups", "{'members': []}"), 400);
  }

  @Test
  @DisplayName("RFC 7643 §5: the service provider's configuration has every required attribute")
  void configurationIsComplete() {
    Reply config = Scim.get("/ServiceProviderConfig");

    for (String required :
        List.of(
            "/patch/supported",
            "/bulk/supported",
            "/bulk/maxOperations",
            "/bulk/maxPayloadSize",
            "/filter/supported",
            "/filter/maxResults",
            "/changePassword/supported",
            "/sort/supported",
            "/etag/supported",
            "/authenticationSchemes/0/type",
            "/authenticationSchemes/0/name",
            "/authenticationSchemes/0/description")) {
      assertThat(config.at(required).isMissingNode()).as(required).isFalse();
    }
  }

  @Test
  @DisplayName("RFC 7643 §5: how to authenticate is told without a credential, nothing else is")
  void configurationIsPublic() {
    Reply config = Scim.send(Scim.bare("GET", "/ServiceProviderConfig", null).build());

    assertThat(config.status()).isEqualTo(200);
    assertThat(config.at("/authenticationSchemes")).isNotEmpty();
    assertThat(config.body()).isEqualTo(Scim.get("/ServiceProviderConfig").body());
    for (String path : List.of("/ServiceProviderConfig/x", "/ResourceTypes", "/Schemas", "")) {
      assertThat(Scim.send(Scim.bare("GET", path, null).build()).status()).as(path).isEqualTo(401);
    }
    assertThat(Scim.send(Scim.bare("PUT", "/ServiceProviderConfig", "{}").build()).status())
        .isEqualTo(401);
    Reply wrong = Scim.send("GET", "/ServiceProviderConfig", null, "Authorization", "Bearer wrong");
    assertThat(wrong.status()).as("a wrong token is told so").isEqualTo(401);
  }

  @Test
  @DisplayName("RFC 7643 §6: the schemas of a resource type are schemas that are served")
  void typesNameTheirSchemas() {
    HashSet<String> schemas = new HashSet<>();
    Scim.get("/Schemas").at("/Resources").forEach(s -> schemas.add(s.path("id").asText()));
    Reply types = Scim.get("/ResourceTypes");

    assertThat(types.at("/Resources")).isNotEmpty();
    for (JsonNode type : types.at("/Resources")) {
      assertThat(type.path("name").asText()).isNotEmpty();
      assertThat(type.path("endpoint").asText()).startsWith("/");
      assertThat(type.path("description").asText()).isNotEmpty();
      assertThat(schemas).contains(type.path("schema").asText());
      type.path("schemaExtensions")
          .forEach(extension -> assertThat(schemas).contains(extension.path("schema").asText()));
    }
  }

  @Test
  @DisplayName("RFC 7643 §7: a schema says everything about each of its attributes")
  void schemasAreComplete() {
    for (JsonNode schema : Scim.get("/Schemas").at("/Resources")) {
      assertThat(schema.path("name").asText()).isNotEmpty();
      assertThat(schema.path("description").asText()).isNotEmpty();
      assertThat(schema.path("attributes")).isNotEmpty();
      schema.path("attributes").forEach(Rfc7643IT::assertComplete);
    }
  }

  private static void assertComplete(JsonNode attribute) {
    for (String part :
        List.of(
            "name",
            "type",
            "multiValued",
            "description",
            "required",
            "caseExact",
            "mutability",
            "returned",
            "uniqueness")) {
      assertThat(attribute.has(part)).as(attribute.path("name") + " " + part).isTrue();
    }
    if (attribute.path("type").asText().equals("reference")) {
      assertThat(attribute.path("referenceTypes")).as(attribute.path("name").asText()).isNotEmpty();
    }
    if (attribute.path("type").asText().equals("complex")) {
      assertThat(attribute.path("subAttributes")).isNotEmpty();
      attribute.path("subAttributes").forEach(Rfc7643IT::assertComplete);
    }
  }

  @Test
  @DisplayName("RFC 7643 §7: caseExact decides whether case matters to a filter")
  void caseMattersWhereTheSchemaSaysSo() {
    String name = Scim.name("Exact");
    Scim.post("/Users", "{'userName': '" + name + "', 'externalId': '" + name + "'}");
    String lower = name.toLowerCase(Locale.ROOT);

    assertThat(Scim.list("/Users", "userName eq '" + lower + "'".replace('\'', '"')).status())
        .isEqualTo(400);
    assertThat(Scim.list("/Users", "userName eq \"" + lower + "\"").at("/totalResults").asInt())
        .isOne();
    assertThat(Scim.list("/Users", "externalId eq \"" + lower + "\"").at("/totalResults").asInt())
        .isZero();
    assertThat(Scim.list("/Users", "externalId eq \"" + name + "\"").at("/totalResults").asInt())
        .isOne();
  }

  @Test
  @DisplayName("RFC 7643 §7: what is always returned is returned even when excluded")
  void alwaysIsAlways() {
    String id = Scim.user(Scim.name("always")).id();
    Reply reply = Scim.get("/Users/" + id + "?excludedAttributes=id,schemas,userName");

    assertThat(reply.id()).isEqualTo(id);
    assertThat(reply.at("/schemas")).isNotEmpty();
    assertThat(reply.body().has("userName")).isFalse();
  }

  private static Reply created(String attributes) {
    return Scim.post("/Users", "{'userName': '" + Scim.name("clause") + "', " + attributes + "}");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
