package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 7644 §3.7. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class BulkIT {
  private static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  @Test
  @DisplayName(
      "RFC 7644 §3.7.3: each operation answers with its location, method, version and status")
  void everyMethodAnswersAsItWouldAlone() {
    String changed = Scim.user(Scim.name("bulk")).id();
    String patched = Scim.user(Scim.name("bulk")).id();
    String deleted = Scim.user(Scim.name("bulk")).id();
    String name = Scim.name("bulk");

    Scim.Reply reply =
        bulk(
            post("/Users", "qwerty", "'userName': '" + name + "'"),
            "{'method': 'PUT', 'path': '/Users/"
                + changed
                + "', 'version': 'W/\\\"1\\\"',"
                + " 'data': {'userName': '"
                + Scim.name("bulk")
                + "'}}",
            "{'method': 'patch', 'path': '/Users/"
                + patched
                + "', 'data': [{'op': 'add',"
                + " 'path': 'title', 'value': 'x'}]}",
            "{'method': 'DELETE', 'path': '/Users/" + deleted + "'}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:BulkResponse");
    assertThat(statuses(reply)).containsExactly("201", "200", "200", "204");
    JsonNode created = reply.at("/Operations/0");
    assertThat(created.get("bulkId").asText()).isEqualTo("qwerty");
    assertThat(created.get("method").asText()).isEqualTo("POST");
    assertThat(created.get("version").asText()).isEqualTo("W/\"1\"");
    assertThat(created.has("response")).isFalse();
    Scim.Reply read = Scim.get(created.get("location").asText().substring(Scim.base().length()));
    assertThat(read.text("/userName")).isEqualTo(name);
    assertThat(reply.text("/Operations/1/version")).isEqualTo("W/\"2\"");
    assertThat(reply.text("/Operations/2/location")).isEqualTo(Scim.base() + "/Users/" + patched);
    assertThat(reply.text("/Operations/3/location")).isEqualTo(Scim.base() + "/Users/" + deleted);
    BadInputIT.assertError(Scim.get("/Users/" + deleted), 404);
  }

  @Test
  @DisplayName("RFC 7644 §3.7.2: bulkId references are replaced by the ids of what was created")
  void referencesStandForIdsWhereverTheyAre() {
    Scim.Reply reply =
        bulk(
            post("/Users", "boss", "'userName': '" + Scim.name("boss") + "'"),
            post(
                "/Users",
                "clerk",
                "'userName': '"
                    + Scim.name("clerk")
                    + "', '"
                    + ENTERPRISE
                    + "': {'employeeNumber': '1', 'manager': {'value': 'bulkId:boss'}}"),
            post(
                "/Groups",
                "all",
                "'displayName': '"
                    + Scim.name("all")
                    + "', 'members': [{'value': 'bulkId:boss'}, {'value': 'bulkId:clerk'}]"),
            "{'method': 'PATCH', 'path': '/Groups/bulkId:all', 'data': {'Operations': [{'op':"
                + " 'remove', 'path': 'members[value eq \\\"bulkId:boss\\\"]'}]}}",
            "{'method': 'PATCH', 'path': '/Users/bulkId:clerk', 'data': {'Operations': [{'op':"
                + " 'replace', 'value': {'title': 'clerk'}}]}}");

    assertThat(statuses(reply))
        .as(reply.body().toString())
        .containsExactly("201", "201", "201", "204", "200");
    String boss = id(reply, 0);
    String clerk = id(reply, 1);
    JsonNode read = Scim.get("/Users/" + clerk).body();
    assertThat(read.at("/" + ENTERPRISE + "/manager/value").asText()).isEqualTo(boss);
    assertThat(read.get("title").asText()).isEqualTo("clerk");
    assertThat(Scim.get("/Groups/" + id(reply, 2)).at("/members"))
        .hasSize(1)
        .allSatisfy(member -> assertThat(member.get("value").asText()).isEqualTo(clerk));
    assertThat(reply.text("/Operations/3/location"))
        .isEqualTo(Scim.base() + "/Groups/" + id(reply, 2));
  }

  @Test
  @DisplayName("RFC 7644 §3.7: the order of operations is optimized where one names a later one")
  void whatNamesALaterOperationWaitsForIt() {
    Scim.Reply reply =
        bulk(
            "{'method': 'PATCH', 'path': '/Groups/bulkId:g', 'data': {'Operations': [{'op': 'add',"
                + " 'path': 'members', 'value': [{'value': 'bulkId:b'}]}]}}",
            post(
                "/Groups",
                "g",
                "'displayName': '" + Scim.name("g") + "', 'members': [{'value': 'bulkId:a'}]"),
            post("/Users", "a", "'userName': '" + Scim.name("a") + "'"),
            post("/Users", "b", "'userName': '" + Scim.name("b") + "'"));

    assertThat(statuses(reply))
        .as(reply.body().toString())
        .containsExactly("204", "201", "201", "201");
    assertThat(reply.text("/Operations/1/version"))
        .as("one creation, not one and a change")
        .isEqualTo("W/\"1\"");
    assertThat(Scim.get("/Groups/" + id(reply, 1)).at("/members")).hasSize(2);
  }

  @Test
  @DisplayName("RFC 7644 §3.7.1: circular references are resolved")
  void circlesAreClosed() {
    Scim.Reply reply =
        bulk(
            manager("a", "bulkId:b"),
            manager("b", "bulkId:c"),
            manager("c", "bulkId:a"),
            manager("d", "bulkId:d"));

    assertThat(statuses(reply))
        .as(reply.body().toString())
        .containsExactly("201", "201", "201", "201");
    for (int i = 0; i < 4; i++) {
      Scim.Reply user = Scim.get("/Users/" + id(reply, i));
      assertThat(user.at("/" + ENTERPRISE + "/manager/value").asText())
          .isEqualTo(id(reply, i == 3 ? 3 : (i + 1) % 3));
      assertThat(user.at("/" + ENTERPRISE + "/employeeNumber").asText()).isEqualTo("1");
      assertThat(user.text("/meta/version")).isEqualTo(reply.text("/Operations/" + i + "/version"));
    }
  }

  @Test
  @DisplayName("RFC 7644 §3.7.1: what cannot be resolved after all fails with 409")
  void aCircleThatCannotBeClosedLeavesNothing() {
    String taken = Scim.name("taken");
    Scim.user(taken);
    String name = Scim.name("circle");
    Scim.Reply reply =
        bulk(
            post("/Users", "a", "'userName': '" + name + "', 'manager': {'value': 'bulkId:b'}"),
            post("/Users", "b", "'userName': '" + taken + "', 'manager': {'value': 'bulkId:a'}"));

    assertThat(statuses(reply)).containsExactly("409", "409");
    assertThat(reply.text("/Operations/1/response/scimType")).isEqualTo("uniqueness");
    assertThat(reply.at("/Operations/0").has("location")).isFalse();
    assertThat(Scim.list("/Users", "userName eq \"" + name + "\"").at("/totalResults").asInt())
        .isZero();
  }

  @Test
  @DisplayName("RFC 7644 §3.7.2: a reference to what was not created is an error of its operation")
  void whoNamesWhatFailedFailsToo() {
    String taken = Scim.name("taken");
    Scim.user(taken);
    String group = Scim.name("waits");
    Scim.Reply reply =
        bulk(
            post(
                "/Groups",
                "g",
                "'displayName': '" + group + "', 'members': [{'value': 'bulkId:u'}]"),
            post("/Users", "u", "'userName': '" + taken + "'"),
            "{'method': 'DELETE', 'path': '/Users/bulkId:u'}",
            post("/Users", "v", "'userName': '" + Scim.name("v") + "'"));

    assertThat(statuses(reply)).containsExactly("409", "409", "409", "201");
    assertThat(reply.text("/Operations/0/response/detail")).contains("bulkId:u");
    assertThat(Scim.list("/Groups", "displayName eq \"" + group + "\"").at("/totalResults").asInt())
        .isZero();
  }

  @Test
  @DisplayName("RFC 7644 §3.7.3: an operation that fails has its error in response, others go on")
  void errorsAreThoseOfTheirOperations() {
    String id = Scim.user(Scim.name("bulk")).id();
    String nobody = "00000000-0000-7000-8000-000000000000";
    String name = "'userName': '" + Scim.name("bulk") + "'";
    Scim.Reply reply =
        bulk(
            "{'method': 'GET', 'path': '/Users/" + id + "'}",
            "{'path': '/Users/" + id + "'}",
            "5",
            "{'method': 'DELETE'}",
            "{'method': 'POST', 'path': '/Users', 'data': {" + name + "}}",
            "{'method': 'POST', 'path': '/Users', 'bulkId': 'x'}",
            post("/Nowhere", "y", name),
            post("/Users/" + id, "z", name),
            "{'method': 'DELETE', 'path': '/Users'}",
            "{'method': 'PUT', 'path': '/Users/"
                + id
                + "', 'version': 'W/\\\"7\\\"', 'data': {"
                + name
                + "}}",
            "{'method': 'DELETE', 'path': '/Users/" + nobody + "'}",
            post("/Users", "w", "'userName': {'a': 1}"),
            post("/Users", "twice", "'userName': '" + Scim.name("bulk") + "'"),
            post("/Users", "twice", "'userName': '" + Scim.name("bulk") + "'"),
            post("/Groups", "v", "'displayName': 'v', 'members': [{'value': 'bulkId:none'}]"),
            "{'method': 'PATCH', 'path': '/Users/bulkId:none', 'data': {}}",
            "{'method': 'POST', 'path': '/Bulk', 'bulkId': 'q', 'data': {}}",
            "{'method': 'DELETE', 'path': 'Users/" + id + "'}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(statuses(reply))
        .as(reply.body().toPrettyString())
        .containsExactly(
            "400", "400", "400", "400", "400", "400", "400", "400", "400", "412", "404", "400",
            "201", "400", "400", "400", "400", "400");
    for (JsonNode operation : reply.at("/Operations")) {
      if (!operation.get("status").asText().equals("201")) {
        assertThat(operation.at("/response/schemas/0").asText()).endsWith(":Error");
        assertThat(operation.at("/response/status").asText())
            .isEqualTo(operation.get("status").asText());
        assertThat(operation.at("/response/detail").asText()).isNotEmpty();
      }
    }
    assertThat(reply.text("/Operations/9/location")).isEqualTo(Scim.base() + "/Users/" + id);
    assertThat(reply.text("/Operations/10/location")).isEqualTo(Scim.base() + "/Users/" + nobody);
    assertThat(reply.at("/Operations/11").has("location")).isFalse();
  }

  @Test
  @DisplayName("RFC 7644 §3.7.3: processing stops after failOnErrors errors")
  void stopsAfterSoManyErrors() {
    String name = Scim.name("after");
    String operations =
        "{'method': 'DELETE', 'path': '/Users/1'}, "
            + post("/Users", "a", "'userName': '" + Scim.name("before") + "'")
            + ", {'method': 'DELETE', 'path': '/Users/2'}, "
            + post("/Users", "b", "'userName': '" + name + "'");

    Scim.Reply two = Scim.post("/Bulk", "{'failOnErrors': 2, 'Operations': [" + operations + "]}");
    assertThat(statuses(two)).containsExactly("404", "201", "404");
    assertThat(Scim.list("/Users", "userName eq \"" + name + "\"").at("/totalResults").asInt())
        .isZero();
    Scim.Reply one = Scim.post("/Bulk", "{'failOnErrors': 1, 'Operations': [" + operations + "]}");
    assertThat(statuses(one)).containsExactly("404");
  }

  @Test
  @DisplayName("RFC 7644 §3.7: a bulk request has its schema and operations")
  void aRequestThatIsNone() {
    for (String body :
        List.of(
            "{}",
            "{'Operations': {}}",
            "{'Operations': []}",
            "{'schemas': ['" + Scim.USER + "'], 'Operations': [5]}",
            "{'failOnErrors': 0, 'Operations': [5]}",
            "{'failOnErrors': 'x', 'Operations': [5]}")) {
      BadInputIT.assertError(Scim.post("/Bulk", body), 400);
    }
  }

  @Test
  @DisplayName(
      "RFC 7644 §3.7.4: beyond maxOperations or maxPayloadSize it is 413, and the limit is named")
  void limitsAreNamed() {
    String many =
        IntStream.rangeClosed(0, 1_000).mapToObj(i -> "5").collect(Collectors.joining(","));
    Scim.Reply operations = Scim.post("/Bulk", "{'Operations': [" + many + "]}");
    BadInputIT.assertError(operations, 413);
    assertThat(operations.text("/detail")).contains("maxOperations (1000)");

    Scim.Reply bytes = Scim.post("/Bulk", "{'x': '" + "x".repeat(34_000_000) + "'}");
    BadInputIT.assertError(bytes, 413);
    assertThat(bytes.text("/detail")).contains("33554432");
  }

  @Test
  void aThousandOperationsAreOneTransactionOfTheirClient() {
    String operations =
        IntStream.range(0, 1_000)
            .mapToObj(i -> post("/Users", "u" + i, "'userName': '" + Scim.name("many") + "'"))
            .collect(Collectors.joining(","));
    long before = DirectoryTables.number("SELECT count(*) FROM scim.resource");
    Scim.Reply reply = Scim.post("/Bulk", "{'Operations': [" + operations + "]}");

    assertThat(statuses(reply)).hasSize(1_000).containsOnly("201");
    assertThat(DirectoryTables.number("SELECT count(*) FROM scim.resource") - before)
        .isEqualTo(1_000);
  }

  private static String manager(String bulkId, String manager) {
    return post(
        "/Users",
        bulkId,
        "'userName': '"
            + Scim.name("circle")
            + "', '"
            + ENTERPRISE
            + "': {'employeeNumber': '1', 'manager': {'value': '"
            + manager
            + "'}}");
  }

  private static String post(String path, String bulkId, String data) {
    return "{'method': 'POST', 'path': '"
        + path
        + "', 'bulkId': '"
        + bulkId
        + "', 'data': {"
        + data
        + "}}";
  }

  private static Scim.Reply bulk(String... operations) {
    return Scim.post(
        "/Bulk",
        "{'schemas': ['" + REQUEST + "'], 'Operations': [" + String.join(", ", operations) + "]}");
  }

  private static List<String> statuses(Scim.Reply reply) {
    return IntStream.range(0, reply.at("/Operations").size())
        .mapToObj(i -> reply.text("/Operations/" + i + "/status"))
        .toList();
  }

  private static String id(Scim.Reply reply, int operation) {
    String location = reply.text("/Operations/" + operation + "/location");
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
