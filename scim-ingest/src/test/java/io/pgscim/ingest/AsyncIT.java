package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9967 §2.5.1 and §3. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class AsyncIT {
  private static final String NOBODY = "/Users/00000000-0000-7000-8000-000000000000";
  private static final String URN = "urn:ietf:params:scim:event:misc:asyncresp";

  @Test
  @DisplayName(
      "RFC 9967 §2.5.1.1: respond-async is 202 with Set-Txn; the completion event names the same txn")
  void isAcceptedAtOnceAndToldAfterwards() {
    String name = Scim.name("async");
    Scim.Reply accepted = async("POST", "/Users", "{'userName': '" + name + "'}");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.http().body()).isEmpty();
    assertThat(accepted.header("Preference-Applied")).contains("respond-async");
    String txn = accepted.header("Set-Txn").orElseThrow();
    assertThat(accepted.header("Location")).contains(Scim.base() + "/Transactions/" + txn);

    Scim.Reply event = completed(txn);
    String id = Scim.list("/Users", "userName eq \"" + name + "\"").text("/Resources/0/id");
    assertThat(event.text("/txn")).isEqualTo(txn);
    assertThat(event.text("/jti")).isNotEmpty();
    assertThat(event.text("/iss")).isEqualTo(Scim.base());
    assertThat(event.at("/aud")).hasSize(1);
    assertThat(event.at("/iat").asLong())
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());
    assertThat(event.text("/sub_id/format")).isEqualTo("scim");
    assertThat(event.text("/sub_id/uri")).isEqualTo("/Users/" + id);
    JsonNode result = event.at("/events").get(URN);
    assertThat(result.get("method").asText()).isEqualTo("POST");
    assertThat(result.get("status").asText()).isEqualTo("201");
    assertThat(result.get("version").asText()).isEqualTo("W/\"1\"");
    assertThat(result.get("location").asText()).isEqualTo(Scim.base() + "/Users/" + id);
    assertThat(DirectoryTables.number("SELECT count(*) FROM scim.deferred WHERE body IS NOT NULL"))
        .as("bodies are personal data")
        .isZero();
  }

  @Test
  @DisplayName("RFC 9967 §2.5.1.1: POST, PUT, PATCH and DELETE can be asked for asynchronously")
  void everyWriteCanBeDoneLater() {
    String name = Scim.name("async");
    String id = Scim.user(name).id();
    String path = "/Users/" + id;

    JsonNode put = result(async("PUT", path, "{'userName': '" + name + "', 'title': 'a'}"));
    assertThat(put.get("status").asText()).isEqualTo("200");
    assertThat(put.get("version").asText()).isEqualTo("W/\"2\"");
    JsonNode patch =
        result(
            async("PATCH", path, Scim.patchBody("{'op': 'add', 'path': 'title', 'value': 'b'}")));
    assertThat(patch.get("version").asText()).isEqualTo("W/\"3\"");
    assertThat(Scim.get(path).text("/title")).isEqualTo("b");
    JsonNode same =
        result(
            async("PATCH", path, Scim.patchBody("{'op': 'add', 'path': 'title', 'value': 'b'}")));
    assertThat(same.get("version").asText()).as("nothing changed").isEqualTo("W/\"3\"");
    JsonNode delete = result(async("DELETE", path, null));
    assertThat(delete.get("status").asText()).isEqualTo("204");
    assertThat(delete.has("version")).isFalse();
    assertThat(Scim.get(path).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("RFC 9967 §2.5.1.3: an error is a completion event with the response of §3.12")
  void whatFailsIsToldLikeWhatDoesNot() {
    String name = Scim.name("async");
    String id = Scim.user(name).id();
    JsonNode taken = result(async("POST", "/Users", "{'userName': '" + name + "'}"));
    assertThat(taken.get("status").asText()).isEqualTo("409");
    assertThat(taken.at("/response/status").asText()).isEqualTo("409");
    assertThat(taken.at("/response/scimType").asText()).isEqualTo("uniqueness");
    assertThat(taken.at("/response/schemas/0").asText()).endsWith(":Error");

    Scim.Reply stale =
        Scim.send("DELETE", "/Users/" + id, null, "Prefer", "respond-async", "If-Match", "W/\"7\"");
    assertThat(result(stale).get("status").asText()).isEqualTo("412");
    assertThat(result(async("DELETE", NOBODY, null)).get("status").asText()).isEqualTo("404");

    BadInputIT.assertError(async("DELETE", "/Users/nobody", null), 404);
    BadInputIT.assertError(async("DELETE", "/Users/%00", null), 404);
    BadInputIT.assertError(async("DELETE", "/Users/a%2Fb", null), 404);
    BadInputIT.assertError(async("POST", "/Users", "{'userName': "), 400);
    BadInputIT.assertError(Scim.get("/Transactions/" + UUID.randomUUID()), 404);
    BadInputIT.assertError(Scim.get("/Transactions/x"), 404);
    BadInputIT.assertError(Scim.get("/Transactions"), 404);
    BadInputIT.assertError(Scim.delete("/Transactions/" + UUID.randomUUID()), 405);
  }

  @Test
  @DisplayName(
      "RFC 9967 §2.5.1.2: each operation of a bulk request has its completion event, txn:index")
  void aBulkRequestHasAnEventForEachOperation() {
    Scim.Reply accepted =
        async(
            "POST",
            "/Bulk",
            "{'Operations': ["
                + group("g", "'members': [{'value': 'bulkId:u'}]")
                + ", {'method': 'POST', 'path': '/Users', 'bulkId': 'u', 'data': {'userName': '"
                + Scim.name("async")
                + "'}}, {'method': 'DELETE', 'path': '/Users/nobody'},"
                + manager("a", "b")
                + ","
                + manager("b", "a")
                + "]}");
    assertThat(accepted.status()).isEqualTo(202);
    String txn = accepted.header("Set-Txn").orElseThrow();

    JsonNode events = completed(txn).at("/Resources");
    List<String> statuses = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      assertThat(event.get("txn").asText()).isEqualTo(txn + ":" + i);
      assertThat(Scim.get("/Transactions/" + txn + ":" + i).body()).isEqualTo(event);
      statuses.add(event.get("events").get(URN).get("status").asText());
    }
    assertThat(statuses).containsExactly("201", "201", "404", "201", "201");
    assertThat(events.at("/0/events").get(URN).get("bulkId").asText()).isEqualTo("g");
    assertThat(Scim.get(events.at("/0/sub_id/uri").asText()).text("/members/0/value"))
        .isEqualTo(id(events.at("/1/sub_id/uri").asText()));
    assertThat(
            Scim.get(events.at("/3/sub_id/uri").asText())
                .at("/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value")
                .asText())
        .isEqualTo(id(events.at("/4/sub_id/uri").asText()));
    BadInputIT.assertError(Scim.get("/Transactions/" + txn + ":5"), 404);
    BadInputIT.assertError(async("POST", "/Bulk", "{'Operations': 5}"), 400);
  }

  @Test
  @DisplayName(
      "RFC 9967 §2.5.1.2: an operation that failOnErrors skips has its completion event too")
  void whatFailOnErrorsSkipsHasItsEventToo() {
    String nobody = "{'method': 'DELETE', 'path': '" + NOBODY + "'}";
    Scim.Reply accepted =
        async(
            "POST",
            "/Bulk",
            "{'failOnErrors': 1, 'Operations': ["
                + nobody
                + ","
                + group("g", "'members': [{'value': 'bulkId:u'}]")
                + ","
                + nobody
                + "]}");
    String txn = accepted.header("Set-Txn").orElseThrow();

    JsonNode events = completed(txn).at("/Resources");
    List<String> statuses = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).get("txn").asText()).isEqualTo(txn + ":" + i);
      statuses.add(events.get(i).get("events").get(URN).get("status").asText());
    }
    assertThat(statuses).containsExactly("404", "424", "424");
    assertThat(events.at("/1/events").get(URN).get("bulkId").asText()).isEqualTo("g");
    assertThat(events.at("/1/events").get(URN).at("/response/detail").asText())
        .contains("failOnErrors");
  }

  @Test
  @DisplayName("RFC 7240 §4.3: wait is honoured, and then the answer is the request's own")
  void whoWaitsIsAnsweredWhenItIsDone() {
    String name = Scim.name("async");
    Scim.Reply reply =
        Scim.send(
            "POST",
            "/Users?attributes=userName",
            "{'userName': '" + name + "'}",
            "Prefer",
            "respond-async, wait=20");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.text("/userName")).isEqualTo(name);
    assertThat(reply.body().has("meta")).isFalse();

    Scim.Reply taken =
        Scim.send(
            "POST", "/Users", "{'userName': '" + name + "'}", "Prefer", "respond-async, wait=20");
    BadInputIT.assertError(taken, 409);
  }

  @Test
  @DisplayName("RFC 9967 §2.5.1.1: only requests that change something are deferred")
  void readsAreNeverDeferred() {
    assertThat(async("GET", "/Users?count=1", null).status()).isEqualTo(200);
    assertThat(async("POST", "/Users/.search", "{'count': 1}").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("RFC 9967 §5: events are read by their own source only")
  void eventsAreForTheirSource() {
    String txn = async("DELETE", NOBODY, null).header("Set-Txn").orElseThrow();
    assertThat(completed(txn).status()).isEqualTo(200);

    DirectoryTables.execute("UPDATE scim.deferred SET source = 'other' WHERE txn = '" + txn + "'");

    BadInputIT.assertError(Scim.get("/Transactions/" + txn), 404);
    BadInputIT.assertError(Scim.get("/Transactions/" + txn + ":0"), 404);
  }

  @Test
  void whatWasDoneBeforeACrashIsNotDoneAgain() {
    String user = Scim.user(Scim.name("before")).id();
    UUID single = UUID.randomUUID();
    UUID bulk = UUID.randomUUID();
    String twice = Scim.name("twice");
    String group = Scim.name("after");
    DirectoryTables.execute(
        waiting(single, "POST", "/Groups", "{'displayName': '" + twice + "'}")
            + completion(single, "", 0, "/Groups/" + UUID.randomUUID(), "POST")
            + waiting(
                bulk,
                "POST",
                "/Bulk",
                "{'Operations': [{'method': 'POST', 'path': '/Users', 'bulkId': 'u', 'data':"
                    + " {'userName': '"
                    + Scim.name("never")
                    + "'}}, {'method': 'POST', 'path': '/Groups', 'bulkId': 'g', 'data':"
                    + " {'displayName': '"
                    + group
                    + "', 'members': [{'value': 'bulkId:u'}]}}]}")
            + completion(bulk, ":0", 0, "/Users/" + user, "POST"));

    assertThat(completed(bulk.toString()).at("/Resources")).hasSize(2);
    assertThat(completed(single.toString()).status()).isEqualTo(200);
    assertThat(count("/Groups", twice)).isZero();
    assertThat(
            Scim.list("/Groups", "displayName eq \"" + group + "\"")
                .text("/Resources/0/members/0/value"))
        .isEqualTo(user);
  }

  /** The relay may publish twice what it was cut off from, which is not what is asked here. */
  private static final String CUT =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
          + " AND datname = current_database() AND application_name = 'vertx-pg-client' AND pid NOT"
          + " IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND (classid::bigint << 32) |"
          + " objid::bigint = hashtextextended('scim.outbox', 0))";

  @Test
  void lostConnectionsNeitherLoseNorDoubleAnything() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread cutter =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over.get()) {
                    DirectoryTables.number(CUT);
                    pause(40);
                  }
                });
    String stem = Scim.name("cut");
    List<String> accepted = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String name = stem + "-" + i;
      Scim.Reply reply = async("POST", "/Groups", "{'displayName': '" + name + "'}");
      if (reply.status() == 202) {
        accepted.add(reply.header("Set-Txn").orElseThrow());
        names.add(name);
      }
    }
    String operations =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    "{'method': 'POST', 'path': '/Groups', 'bulkId': 'x"
                        + i
                        + "', 'data': {'displayName': '"
                        + stem
                        + "-bulk-"
                        + i
                        + "'}}")
            .collect(Collectors.joining(","));
    Scim.Reply bulk = async("POST", "/Bulk", "{'Operations': [" + operations + "]}");
    if (bulk.status() == 202) {
      accepted.add(bulk.header("Set-Txn").orElseThrow());
      IntStream.range(0, 60).forEach(i -> names.add(stem + "-bulk-" + i));
    }
    pause(2_000);
    over.set(true);
    cutter.join();

    assertThat(accepted).isNotEmpty();
    for (String txn : accepted) {
      for (JsonNode result : completed(txn).body().findValues(URN)) {
        assertThat(result.get("status").asText()).isEqualTo("201");
      }
    }
    for (String name : names) {
      assertThat(count("/Groups", name)).as(name).isEqualTo(1);
    }
  }

  @Test
  void onlySoManyWait() {
    try (DirectoryTables.Held held = DirectoryTables.holding("scim.completion")) {
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        rows.append(waiting(UUID.randomUUID(), "DELETE", NOBODY, null));
      }
      DirectoryTables.execute(rows.toString());

      Scim.Reply reply = async("DELETE", NOBODY, null);

      BadInputIT.assertError(reply, 503);
      assertThat(reply.header("Retry-After")).isPresent();
    }
    String txn = null;
    for (int i = 0; txn == null && i < 300; i++) {
      pause(100);
      txn = async("DELETE", NOBODY, null).header("Set-Txn").orElse(null);
    }
    assertThat(completed(txn).status()).isEqualTo(200);
  }

  private static String waiting(UUID txn, String method, String path, String body) {
    return "INSERT INTO scim.deferred (txn, source, source_path, tolerance, actor, arrived, base_url, method,"
        + " path, body) VALUES ('"
        + txn
        + "', 'default', '/scim/v2', 'LENIENT', 'default/token-1', now(), '"
        + Scim.base()
        + "', '"
        + method
        + "', '"
        + path
        + "', "
        + (body == null ? "NULL" : "'" + body.replace('\'', '"') + "'")
        + ");";
  }

  private static String completion(
      UUID txn, String suffix, int operation, String uri, String method) {
    String location = Scim.base() + uri;
    String event =
        "{'txn': '"
            + txn
            + suffix
            + "', 'sub_id': {'uri': '"
            + uri
            + "'}, 'events': {'"
            + URN
            + "': {'method': '"
            + method
            + "', 'status': '201', 'location': '"
            + location
            + "'}}}";
    return "INSERT INTO scim.completion (txn, operation, location, event) VALUES ('"
        + txn
        + "', "
        + operation
        + ", '"
        + location
        + "', '"
        + event.replace('\'', '"')
        + "');";
  }

  private static String group(String bulkId, String more) {
    return "{'method': 'POST', 'path': '/Groups', 'bulkId': '"
        + bulkId
        + "', 'data': {'displayName': '"
        + Scim.name("async")
        + "', "
        + more
        + "}}";
  }

  private static String manager(String bulkId, String of) {
    return "{'method': 'POST', 'path': '/Users', 'bulkId': '"
        + bulkId
        + "', 'data': {'userName': '"
        + Scim.name("async")
        + "', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': {'value':"
        + " 'bulkId:"
        + of
        + "'}}}}";
  }

  private static int count(String endpoint, String displayName) {
    return Scim.list(endpoint, "displayName eq \"" + displayName + "\"")
        .at("/totalResults")
        .asInt();
  }

  private static String id(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private static Scim.Reply async(String method, String path, String body) {
    return Scim.send(method, path, body, "Prefer", "respond-async");
  }

  private static JsonNode result(Scim.Reply accepted) {
    assertThat(accepted.status()).as(accepted.body().toString()).isEqualTo(202);
    return completed(accepted.header("Set-Txn").orElseThrow()).at("/events").get(URN);
  }

  /** The completion, once it is there; what is not yet done is said to be accepted. */
  private static Scim.Reply completed(String txn) {
    Scim.Reply reply = Scim.get("/Transactions/" + txn);
    for (int i = 0; (reply.status() == 202 || reply.status() == 503) && i < 600; i++) {
      if (reply.status() == 202) {
        assertThat(reply.header("Set-Txn")).contains(txn);
      }
      pause(50);
      reply = Scim.get("/Transactions/" + txn);
    }
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
