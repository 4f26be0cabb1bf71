package io.pgscim.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.command.Run;
import io.pgscim.audit.entry.Digest;
import io.pgscim.events.Envelope;
import io.pgscim.events.MembershipState;
import io.pgscim.parts.RealParts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running sink lets its oldest entries go, asked by an administrator and by its schedule, and
 * tells every reader so. Its journal has segments of eight megabytes, of which the first must be
 * done.
 */
class RetentionIT {
  private static final int EVENTS = 40_000;
  private static final int MINIMUM = 10_240;
  private static final String READER = "reads";
  private static final String ADMIN = "prunes";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path scratch;
  private final String kafka = RealParts.broker().bootstrapServers();

  @Test
  void whatIsPrunedLiesInTheArchiveAndReadersAreTold() throws Exception {
    EveryEventOnceIT.topics();
    Path folder = Files.createDirectory(scratch.resolve("log"));
    Path archive = scratch.resolve("archive");
    List<Envelope> sent = new ArrayList<>();
    try (var sink = sink(folder, archive);
        var producer = new Producing(kafka)) {
      sink.start();
      sink.awaitReady();
      String group = UUID.randomUUID().toString();
      for (int i = 0; i < EVENTS; i++) {
        sent.add(Samples.added(group, i));
        producer.send(sent.getLast());
      }
      producer.flush();
      Sink.await(
          "a journal that begins behind the minimum",
          () -> json(sink.send("POST", "/prune?dryRun=true&minimum=" + MINIMUM, ADMIN)),
          plan -> plan.path("minimum").asLong() == MINIMUM);
      long size =
          Sink.await(
                  "all entries",
                  () -> json(sink.send("GET", "/entries?limit=1&order=desc", READER)),
                  page -> page.path("size").asLong() >= EVENTS)
              .path("size")
              .asLong();
      // Which of a broker's partitions comes first is its affair.
      Envelope old = oneOf(sent, json(sink.send("GET", "/entries?after=9000&limit=1000", READER)));
      assertThat(sink.send("GET", "/minimum-index", READER).statusCode()).isEqualTo(404);

      prune(sink, archive);

      readersAreTold(sink, ((MembershipState) old.event()).userId());
      itIsVerified(sink, folder, archive);
      aPrunedEventIsKnownAgain(sink, producer, old, size);
    }
    goesOnByItself(folder, archive);
  }

  private static Envelope oneOf(List<Envelope> sent, JsonNode page) {
    Set<String> there = Set.copyOf(page.path("entries").findValuesAsText("event"));
    return sent.stream()
        .filter(one -> there.contains(one.id().toString()))
        .findFirst()
        .orElseThrow();
  }

  private Sink sink(Path folder, Path archive) throws Exception {
    return new Sink(folder, kafka)
        .with("PGSCIM_AUDIT_READERS_TOKEN_SHA256_AUDITOR", sha256(READER))
        .with("PGSCIM_AUDIT_ADMINS_TOKEN_SHA256_KEEPER", sha256(ADMIN))
        .with("PGSCIM_AUDIT_ARCHIVE", archive.toString());
  }

  private void prune(Sink sink, Path archive) throws Exception {
    for (String wrong :
        List.of("", "?minimum=-1", "?minimum=5&before=2026-01-01T00:00:00Z", "?before=x")) {
      assertThat(sink.send("POST", "/prune" + wrong, ADMIN).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(sink.send("POST", "/prune?minimum=" + MINIMUM, READER).statusCode()).isEqualTo(403);
    assertThat(
            json(sink.send("POST", "/prune?before=2020-01-01T00:00:00Z", ADMIN))
                .path("entries")
                .asLong())
        .isZero();
    assertThat(archive).doesNotExist();

    HttpResponse<String> accepted = sink.send("POST", "/prune?minimum=" + MINIMUM, ADMIN);

    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    long entry = json(accepted).path("entry").asLong();
    JsonNode minimum =
        json(
            Sink.await(
                "the minimum",
                () -> sink.send("GET", "/minimum-index", READER),
                answer -> answer.statusCode() == 200));
    assertThat(minimum.path("minimum").asLong()).isEqualTo(MINIMUM);
    assertThat(minimum.path("entry").asLong()).isEqualTo(entry);
    JsonNode said = json(sink.send("GET", "/entries/" + entry, READER));
    assertThat(said.path("what").asText()).isEqualTo("prune-log");
    assertThat(said.path("who").asText()).isEqualTo("audit-sink/keeper");
  }

  private static void readersAreTold(Sink sink, String someone) throws Exception {
    for (String path :
        List.of(
            "/entries/5",
            "/entries?after=5",
            "/people/" + someone + "/history?after=5",
            "/entries/stream?after=5",
            "/tile/entries/000")) {
      var answer = sink.send("GET", path, READER);
      assertThat(answer.statusCode()).as(path).isEqualTo(410);
      assertThat(answer.body())
          .as(path)
          .contains("entries before " + MINIMUM + " lie in the archive");
    }
    JsonNode page = json(sink.send("GET", "/entries?limit=2", READER));
    assertThat(page.at("/entries/0/index").asLong()).isEqualTo(MINIMUM);
    assertThat(page.path("first").asLong()).isEqualTo(MINIMUM);
    JsonNode history = json(sink.send("GET", "/people/" + someone + "/history", READER));
    assertThat(history.path("first").asLong()).isEqualTo(MINIMUM);
    history
        .path("entries")
        .forEach(one -> assertThat(one.path("index").asLong()).isGreaterThanOrEqualTo(MINIMUM));
    JsonNode oldest = json(sink.send("GET", "/entries?order=desc&after=" + (MINIMUM + 2), READER));
    assertThat(oldest.path("entries")).hasSize(2);
    assertThat(oldest.has("next")).isFalse();
    assertThat(
            json(sink.send(
                    "GET", "/entries?order=desc&outcome=recorded&after=" + (MINIMUM + 1), READER))
                .path("entries"))
        .hasSize(1);
    assertThat(sink.send("GET", "/entries/5/proof", READER).statusCode()).isEqualTo(200);
    assertThat(sink.send("GET", "/tile/0/000", READER).statusCode()).isEqualTo(200);
  }

  private void itIsVerified(Sink sink, Path folder, Path archive) throws Exception {
    Path token = Files.writeString(scratch.resolve("token"), READER);
    String url = sink.url();
    assertThat(Run.out(0, "verify", url, "--token-file", token))
        .contains("those before " + MINIMUM + " were pruned");
    assertThat(Run.out(0, "verify", url, "--token-file", token, "--archive", archive))
        .doesNotContain("pruned");
    assertThat(Run.out(0, "verify", folder)).contains("those before " + MINIMUM + " were pruned");
    assertThat(Run.out(0, "verify", archive))
        .startsWith("intact archive: entries 0 to " + (MINIMUM - 1));
  }

  private static void aPrunedEventIsKnownAgain(
      Sink sink, Producing producer, Envelope old, long size) throws Exception {
    producer.send(old).get();
    Envelope fresh = Samples.added(UUID.randomUUID().toString(), 1);
    producer.send(fresh).get();
    Sink.await(
        "the newest",
        () -> json(sink.send("GET", "/entries?event=" + fresh.id(), READER)),
        page -> page.path("entries").size() == 1);
    Thread.sleep(500);
    assertThat(json(sink.send("GET", "/entries?event=" + old.id(), READER)).path("entries"))
        .isEmpty();
    // The pruning and the fresh one; the other topic partitions have been read by then.
    assertThat(json(sink.send("GET", "/entries?limit=1", READER)).path("size").asLong())
        .isEqualTo(size + 2);
  }

  /** Everything is older than a second: all goes that can. */
  private void goesOnByItself(Path folder, Path archive) throws Exception {
    try (var sink = sink(folder, archive).with("PGSCIM_AUDIT_RETENTION", "PT1S")) {
      sink.start();
      JsonNode minimum =
          Sink.await(
              "the schedule",
              () -> json(sink.send("GET", "/minimum-index", READER)),
              one -> one.path("minimum").asLong() > MINIMUM);
      JsonNode said = json(sink.send("GET", "/entries/" + minimum.path("entry").asLong(), READER));
      assertThat(said.path("who").asText()).isEqualTo("audit-sink");
      assertThat(Run.out(0, "verify", archive))
          .startsWith(
              "intact archive: entries 0 to " + (minimum.path("minimum").asLong() - 1) + " of");
      assertThat(Run.out(0, "verify", folder, "--archive", archive)).doesNotContain("pruned");
    }
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private static String sha256(String token) {
    return Digest.hex(token.getBytes(StandardCharsets.UTF_8));
  }
}
