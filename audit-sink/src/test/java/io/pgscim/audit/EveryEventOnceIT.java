package io.pgscim.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.verify.FolderCheck;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.events.Envelope;
import io.pgscim.events.MembershipState;
import io.pgscim.events.Topic;
import io.pgscim.messaging.Topics;
import io.pgscim.parts.Broker;
import io.pgscim.parts.RealParts;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryEventOnceIT {
  private final Broker broker = RealParts.broker();
  private final String group = UUID.randomUUID().toString();
  @TempDir Path folder;

  @BeforeAll
  static void topics() throws InterruptedException {
    Topics.create(
        Map.of("bootstrap.servers", RealParts.broker().bootstrapServers()),
        List.of(Topic.IDENTITY_EVENTS, Topic.ROLE_CHANGES, Topic.SECURITY_EVENTS));
  }

  @Test
  void anEventIsInTheLogWithinFiftyMilliseconds() throws Exception {
    try (var sink = new Sink(folder, broker.bootstrapServers());
        var producer = new Producing(broker.bootstrapServers())) {
      sink.start();
      sink.awaitReady();
      long[] toLog = new long[60];
      for (int i = 0; i < toLog.length; i++) {
        Envelope event = Samples.added(group, i);
        Instant start = Instant.now();
        producer.send(event).get();
        JsonNode page =
            Sink.await(
                "the entry",
                () -> sink.json("/entries?group=" + group + "&user=" + user(event)),
                found -> has(found, event));
        Instant logged = Instant.parse(page.at("/entries/0/when/logged").asText());
        toLog[i] = Duration.between(start, logged).toMillis();
      }
      long[] warm = Arrays.copyOfRange(toLog, 20, toLog.length);
      Arrays.sort(warm);
      System.out.println("record to log, ms: median " + warm[20] + ", most " + warm[39]);
      assertThat(warm[20]).isLessThan(50);
    }
  }

  @Test
  void everyEventOnceThoughTheServiceIsKilledAgainAndAgainAndEventsComeTwice() throws Exception {
    List<Envelope> sent = new ArrayList<>();
    List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
    var done = new AtomicBoolean();
    try (var sink = new Sink(folder, broker.bootstrapServers());
        var producer = new Producing(broker.bootstrapServers())) {
      Thread sending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; !done.get(); i++) {
                      Envelope event = Samples.added(group, i);
                      sent.add(event);
                      acknowledged.add(producer.send(event));
                      if (i % 7 == 0) {
                        producer.send(event);
                      }
                      pause(3);
                    }
                    producer.flush();
                  });
      long size = 0;
      for (int round = 0; round < 5; round++) {
        sink.start();
        long before = size;
        size =
            Sink.await(
                "entries after start " + round,
                () -> sink.json("/entries?limit=1").path("size").asLong(),
                now -> now > before);
        Thread.sleep(17L * round);
        sink.kill();
      }
      done.set(true);
      sending.join();
      for (Future<RecordMetadata> one : acknowledged) {
        one.get();
      }
      sink.start();
      assertOnceEach(sink, sent);
    }
  }

  @Test
  void aRecordThatIsNoEventIsAnEntryAndHoldsNothingUp() throws Exception {
    Envelope event = Samples.added(group, 1);
    try (var sink = new Sink(folder, broker.bootstrapServers());
        var producer = new Producing(broker.bootstrapServers())) {
      sink.start();
      sink.awaitReady();
      var at = producer.sendNoise("security-events", "no event").get();
      producer.send(event).get();

      Sink.await("the entry", () -> sink.json("/entries?group=" + group), page -> has(page, event));
      JsonNode unreadable =
          Sink.await(
              "the unreadable",
              () ->
                  sink.json("/entries?outcome=unreadable&record=security-events/0/" + at.offset()),
              page -> page.path("entries").size() == 1);
      assertThat(unreadable.at("/entries/0/details/bytes").asInt()).isEqualTo(8);
    }
  }

  @Test
  void outlivesTheBrokerAndGoesOnWhereItWas() throws Exception {
    List<Envelope> sent = new ArrayList<>();
    try (var sink = new Sink(folder, broker.bootstrapServers());
        var producer = new Producing(broker.bootstrapServers())) {
      sink.start();
      sink.awaitReady();
      send(producer, sent, 20);
      broker.kill();
      assertThat(sink.get("/entries").statusCode()).isEqualTo(200);
      broker.start();
      send(producer, sent, 20);

      assertOnceEach(sink, sent);
      sink.awaitReady();
    }
  }

  @Test
  void startsAndAnswersWhileTheBrokerIsAwayAndSaysWhyItIsNotReady() throws Exception {
    try (var sink = new Sink(folder, "127.0.0.1:" + nobodyListens())) {
      sink.start();

      var health = Sink.await("an answer", () -> sink.json("/q/health/ready"), JsonNode::isObject);
      assertThat(health.path("status").asText()).isEqualTo("DOWN");
      assertThat(health.toString()).contains("no partition assigned yet of identity-events");
      assertThat(sink.json("/entries").path("size").asLong()).isZero();
      assertThat(sink.get("/q/health/live").statusCode()).isEqualTo(200);
      assertThat(sink.alive()).isTrue();
    }
  }

  @Test
  void wrongRequestsAreProblemsWithADetail() throws Exception {
    try (var sink = new Sink(folder, "127.0.0.1:" + nobodyListens())) {
      sink.start();
      Sink.await("an answer", () -> sink.get("/entries"), answer -> answer.statusCode() == 200);

      for (String path :
          List.of(
              "/entries?limit=0",
              "/entries?limit=1001",
              "/entries?after=x",
              "/entries?usr=1",
              "/entries/-1",
              "/entries/x")) {
        var answer = sink.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        assertProblem(answer.headers().firstValue("content-type").orElse(""), answer.body());
      }
      for (String path : List.of("/entries/0", "/nothing", "/")) {
        var answer = sink.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(404);
        assertProblem(answer.headers().firstValue("content-type").orElse(""), answer.body());
      }
    }
  }

  private static void assertProblem(String contentType, String body) throws Exception {
    assertThat(contentType).startsWith("application/problem+json");
    assertThat(new ObjectMapper().readTree(body).path("detail").asText()).isNotEmpty();
  }

  private void send(Producing producer, List<Envelope> sent, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Envelope event = Samples.added(group, sent.size());
      sent.add(event);
      producer.send(event).get();
    }
  }

  /** Each event has one entry, and the entries of one partition stand in the order of Kafka. */
  private void assertOnceEach(Sink sink, List<Envelope> sent) throws Exception {
    Set<String> expected = new HashSet<>();
    sent.forEach(event -> expected.add(event.id().toString()));
    List<JsonNode> ours =
        Sink.await(
            "all " + expected.size(),
            () -> sink.entries(0).stream().filter(this::isOurs).toList(),
            entries -> entries.size() >= expected.size());

    assertThat(ours.stream().map(entry -> entry.path("event").asText()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertTreeIsIntact(sink);
    long[] last = new long[64];
    Arrays.fill(last, -1);
    for (JsonNode entry : ours) {
      int partition = entry.at("/from/partition").asInt();
      long offset = entry.at("/from/offset").asLong();
      assertThat(offset).isGreaterThan(last[partition]);
      last[partition] = offset;
    }
  }

  /** The checkpoint covers every entry, and all files agree with it. */
  private void assertTreeIsIntact(Sink sink) throws Exception {
    // Other tests' records may still be coming in, so both are looked at again each time.
    Sink.await(
        "a checkpoint of every entry",
        () -> {
          String note = sink.get("/checkpoint").body();
          return note.contains("\n" + sink.json("/entries?limit=1").path("size").asText() + "\n");
        },
        covered -> covered);
    var key = VerifierKey.parse(sink.get("/vkey").body());
    assertThat(new FolderCheck(folder, key, entries -> {}).check(Optional.empty()))
        .isInstanceOf(Verdict.Intact.class);
  }

  @Test
  void servesTheLogAsTilesThatAnyoneMayKeep() throws Exception {
    try (var sink = new Sink(folder, broker.bootstrapServers());
        var producer = new Producing(broker.bootstrapServers())) {
      sink.start();
      sink.awaitReady();
      producer.send(Samples.added(group, 1)).get();
      sink.entries(1);
      assertTreeIsIntact(sink);

      var checkpoint = sink.get("/checkpoint");
      long size = Long.parseLong(checkpoint.body().split("\n")[1]);
      Tile last = Tile.holding(Tile.ENTRIES, size - 1, size);
      String path = "/" + last.path();
      var tile = sink.get(path);
      if (tile.statusCode() == 404) { // Other tests' records have filled it meanwhile.
        path = "/" + last.whole().path();
        tile = sink.get(path);
      }
      assertThat(checkpoint.headers().firstValue("content-type").orElse(""))
          .isEqualToIgnoringCase("text/plain; charset=utf-8");
      assertThat(checkpoint.headers().firstValue("cache-control")).hasValue("public, max-age=1");
      assertThat(tile.statusCode()).as(path).isEqualTo(200);
      assertThat(tile.headers().firstValue("content-type")).hasValue("application/octet-stream");
      assertThat(tile.headers().firstValue("cache-control").orElse("")).contains("immutable");
      assertThat(sink.get("/entries/0/proof").body())
          .startsWith("c2sp.org/tlog-proof@v1\nindex 0\n");
      for (String nothing :
          List.of(
              "/tile/0/999",
              "/tile/0/%2e%2e/000",
              "/tile/private/key",
              "/entries/99999999/proof")) {
        assertThat(sink.get(nothing).statusCode()).as(nothing).isEqualTo(404);
      }
    }
  }

  @Test
  void streamsEntriesAsTheyComeAndGoesOnBehindTheLastOne() throws Exception {
    try (var sink = new Sink(folder, broker.bootstrapServers());
        var producer = new Producing(broker.bootstrapServers())) {
      sink.start();
      sink.awaitReady();
      send(producer, new ArrayList<>(), 3);
      sink.entries(3);

      assertThat(sink.streamed("/entries/stream?after=-1", null, 3)).containsExactly("0", "1", "2");
      assertThat(sink.streamed("/entries/stream?after=-1", "0", 2)).containsExactly("1", "2");
      assertThat(sink.get("/entries/stream?after=x").statusCode()).isEqualTo(400);
    }
  }

  private boolean isOurs(JsonNode entry) {
    return entry.at("/which/group").asText().equals(group);
  }

  private static boolean has(JsonNode page, Envelope event) {
    for (JsonNode entry : page.path("entries")) {
      if (entry.at("/which/user").asText().equals(user(event))) {
        return true;
      }
    }
    return false;
  }

  private static String user(Envelope event) {
    return ((MembershipState) event.event()).userId();
  }

  private static int nobodyListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
