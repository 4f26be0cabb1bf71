package io.pgscim.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.people.People;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.verify.FolderCheck;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.UserState;
import io.pgscim.parts.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may read, who may forget, and what is left of somebody who is forgotten. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorIT {
  private static final Path DOCUMENT = Path.of("../docs/openapi-audit.json");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  @TempDir static Path folder;
  private final String ada = UUID.randomUUID().toString();
  private final String forgotten = UUID.randomUUID().toString();
  private Sink sink;

  @BeforeAll
  void start() throws Exception {
    EveryEventOnceIT.topics();
    String kafka = RealParts.broker().bootstrapServers();
    sink =
        new Sink(folder, kafka)
            .with("PGSCIM_AUDIT_READERS_TOKEN_SHA256_AUDITOR", sha256("reads"))
            .with("PGSCIM_AUDIT_ADMINS_TOKEN_SHA256_PRIVACY", sha256("forgets"));
    sink.start();
    sink.awaitReady();
    try (var producer = new Producing(kafka)) {
      for (String id : List.of(ada, forgotten)) {
        producer.send(known(id, "Ada.Lovelace@example.com", 1)).get();
        producer.send(known(id, "Ada.King@example.com", 2)).get();
      }
    }
    for (String id : List.of(ada, forgotten)) {
      Sink.await(
          "both entries",
          () -> json("GET", "/people/" + id + "/history", "reads"),
          page -> page.path("entries").size() == 2);
    }
  }

  @AfterAll
  void stop() throws Exception {
    sink.close();
  }

  @Test
  void onlyWhoHoldsATokenReads() throws Exception {
    for (String path :
        List.of(
            "/entries",
            "/entries/0",
            "/entries/0/proof",
            "/entries/stream",
            "/tile/entries/000.p/1",
            "/people/" + ada + "/history",
            "/roles/ada/history")) {
      for (String token : new String[] {null, "wrong", "read", sha256("reads")}) {
        var answer = sink.send("GET", path, token);
        assertThat(answer.statusCode()).as("%s with %s", path, token).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.body()).contains("pgscim.audit.readers.token-sha256");
      }
    }
    assertThat(sink.send("GET", "/entries/0", "reads").statusCode()).isEqualTo(200);
    assertThat(sink.send("GET", "/entries/0", "forgets").statusCode()).isEqualTo(200);
    assertThat(sink.send("GET", "/checkpoint", null).statusCode()).isEqualTo(200);
    assertThat(sink.send("GET", "/vkey", null).statusCode()).isEqualTo(200);
    assertThat(sink.send("GET", "/q/health/ready", null).statusCode()).isEqualTo(200);
  }

  @Test
  void aReaderSeesAndForgetsNobody() throws Exception {
    for (String method : List.of("GET", "DELETE")) {
      assertThat(sink.send(method, "/people/" + ada, "reads").statusCode()).isEqualTo(403);
      assertThat(sink.send(method, "/people/" + ada, null).statusCode()).isEqualTo(401);
      // Other ways to the same place.
      assertThat(sink.send(method, "/people/" + ada + ";x=%2Fhistory", "reads").statusCode())
          .isEqualTo(403);
      assertThat(sink.send(method, "/people/" + ada + "/", "reads").statusCode()).isEqualTo(403);
      assertThat(sink.send(method, "//people/" + ada, "reads").statusCode()).isNotEqualTo(200);
      assertThat(sink.send(method, "/%70eople/" + ada, "reads").statusCode()).isNotEqualTo(200);
      assertThat(sink.send(method, "/people/x%2F..%2F" + ada, "reads").statusCode())
          .isNotEqualTo(200);
    }
    assertThat(json("GET", "/people/" + ada, "forgets").path("known")).isNotEmpty();
  }

  @Test
  void onlyAnAdministratorPrunesAndOnlyIntoTheArchiveThatIsConfigured() throws Exception {
    assertThat(sink.send("POST", "/prune?minimum=0", null).statusCode()).isEqualTo(401);
    assertThat(sink.send("POST", "/prune?minimum=0", "reads").statusCode()).isEqualTo(403);
    var answer = sink.send("POST", "/prune?minimum=0", "forgets");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("pgscim.audit.archive");
    assertThat(sink.send("GET", "/minimum-index", null).statusCode()).isEqualTo(401);
  }

  @Test
  void whoIsForgottenIsGoneAndTheLogSaysSoAndIsWhatItWas() throws Exception {
    JsonNode known = json("GET", "/people/" + forgotten, "forgets").path("known");
    assertThat(known).hasSize(2);
    assertThat(known.at("/1/attributes/userName").asText()).isEqualTo("Ada.King@example.com");
    String before = sink.send("GET", "/entries/0", "reads").body();
    assertThat(before).doesNotContain("Lovelace");
    String checkpoint = Files.readString(folder.resolve("checkpoint"));

    JsonNode erased = json("DELETE", "/people/" + forgotten, "forgets");

    assertThat(erased.path("known").asBoolean()).isTrue();
    assertThat(sink.send("GET", "/people/" + forgotten, "forgets").statusCode()).isEqualTo(404);
    JsonNode entry = json("GET", "/entries/" + erased.path("entry").asLong(), "reads");
    assertThat(entry.path("what").asText()).isEqualTo("erase-person");
    assertThat(entry.path("who").asText()).isEqualTo("audit-sink/privacy");
    assertThat(entry.at("/which/user").asText()).isEqualTo(forgotten);
    assertThat(sink.send("GET", "/entries/0", "reads").body()).isEqualTo(before);
    try (People people = People.open(folder, folder.resolve("private/people.db"))) {
      assertThat(people.sealed(forgotten)).isEmpty();
    }
    Sink.await(
        "a checkpoint of the entry",
        () -> sink.send("GET", "/entries/" + erased.path("entry").asLong() + "/proof", "reads"),
        proof -> proof.statusCode() == 200);
    var key = VerifierKey.parse(sink.get("/vkey").body());
    assertThat(new FolderCheck(folder, key, entries -> {}).check(Optional.of(checkpoint)))
        .isInstanceOf(Verdict.Intact.class);
  }

  @Test
  void theDocumentSaysWhatIsServed() throws Exception {
    JsonNode served = JSON.readTree(sink.send("GET", "/q/openapi?format=json", null).body());
    String document =
        JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.treeToValue(served, Object.class))
            + "\n";
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.writeString(DOCUMENT, document);
    }

    assertThat(served.path("paths").has("/people/{id}/history")).isTrue();
    assertThat(Files.readString(DOCUMENT))
        .as("docs/openapi-audit.json is out of date: run this test with -Dpgscim.docs=write")
        .isEqualTo(document);
  }

  private JsonNode json(String method, String path, String token) throws Exception {
    return JSON.readTree(sink.send(method, path, token).body());
  }

  private static Envelope known(String id, String userName, long version) {
    return Envelope.of(
        "/scim/v2/okta",
        Samples.AT,
        new Cause("t-" + version, "okta/token-1", Samples.AT, null),
        new UserState(
            id, "okta", version, false, userName, null, true, null, null, null, null, null, null,
            null, null));
  }

  private static String sha256(String token) {
    return Digest.hex(token.getBytes(StandardCharsets.UTF_8));
  }
}
