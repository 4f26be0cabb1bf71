package io.pgscim.endtoend;

import static io.pgscim.endtoend.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillAnyServiceIT {
  private static final int PEOPLE = 30;

  private final Stack stack = Stack.running();
  private final Scim scim = stack.scim();
  private final Cluster cluster = stack.cluster();
  private final KafkaTopics topics = stack.topics();
  private final Log log = stack.log();

  @ParameterizedTest
  @ValueSource(strings = {"scim-ingest", "role-applier", "audit-sink", "kafka", "postgresql"})
  void endsInTheSameStateWithEveryChangeRecordedOnce(String part) throws Exception {
    String group = scim.group("pg-production-analytics");
    List<String> people = new ArrayList<>();
    Thread killer =
        Thread.ofVirtual()
            .start(
                () -> {
                  Scim.sleep(Duration.ofMillis(150));
                  stack.kill(part);
                  Scim.sleep(Duration.ofMillis(300));
                  stack.start(part);
                });

    for (int i = 0; i < PEOPLE; i++) {
      String name = PushBecomesGrantIT.unique("p" + i);
      join(name, group);
      people.add(name);
    }
    killer.join();

    for (String name : people) {
      eventually(() -> assertThat(cluster.memberships(name)).containsExactly("analytics_read"));
    }
    stack.settle();
    for (String name : people) {
      assertThat(changesOf(name))
          .as(name)
          .containsExactlyInAnyOrder("CREATE_ROLE", "GRANT_MEMBERSHIP");
    }
    assertThat(log.size()).isEqualTo(topics.distinctEvents());
    assertThat(log.entries())
        .extracting(entry -> entry.path("event").asText())
        .doesNotHaveDuplicates();
  }

  /**
   * People join without a pause while audit-sink is killed at any moment, also while it starts;
   * {@code -Dpgscim.kills=100} at full length.
   */
  @Test
  void theLogHasEveryChangeOnceHoweverOftenItsServiceIsKilled() throws Exception {
    int kills = Integer.getInteger("pgscim.kills", 5);
    String group = scim.group("pg-production-analytics");
    var done = new AtomicBoolean();
    List<String> people = new ArrayList<>();
    Future<?> joining;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      joining =
          executor.submit(
              () -> {
                while (!done.get()) {
                  String name = PushBecomesGrantIT.unique("k" + people.size());
                  join(name, group);
                  people.add(name);
                  Scim.sleep(Duration.ofMillis(30));
                }
                return null;
              });
      try {
        for (int i = 0; i < kills; i++) {
          Thread starting = Thread.ofVirtual().start(this::startUnlessKilled);
          Scim.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(4000)));
          stack.kill("audit-sink");
          starting.join();
        }
        stack.start("audit-sink");
      } finally {
        done.set(true);
      }
    }
    joining.get();
    stack.settle();

    Map<String, List<String>> changes = new HashMap<>();
    Set<String> published = new HashSet<>();
    for (String topic : List.of("identity-events", "role-changes", "security-events")) {
      for (var record : topics.read(topic)) {
        boolean first = published.add(KafkaTopics.eventId(record));
        if (first && topic.equals("role-changes")) {
          changes
              .computeIfAbsent(
                  record.key().substring(record.key().indexOf('/') + 1), key -> new ArrayList<>())
              .add(kind(record));
        }
      }
    }
    assertThat(people).hasSizeGreaterThan(kills);
    for (String name : people) {
      assertThat(cluster.memberships(name)).as(name).containsExactly("analytics_read");
      assertThat(changes.get(name))
          .as(name)
          .containsExactlyInAnyOrder("CREATE_ROLE", "GRANT_MEMBERSHIP");
    }
    assertThat(log.entries())
        .extracting(entry -> entry.path("event").asText())
        .containsExactlyInAnyOrderElementsOf(published);
  }

  private void startUnlessKilled() {
    try {
      stack.start("audit-sink");
    } catch (PartsException e) {
      // Killed before it served.
    }
  }

  /**
   * As an identity provider does it: tries until it is answered; a conflict means that the lost
   * answer was a yes.
   */
  private void join(String name, String group) throws Exception {
    Scim.Answer created = insistUntilNo5xx("POST", "/Users", Scim.user(name));
    String id =
        created.status() == 201
            ? created.id()
            : scim.send("GET", "/Users?filter=userName%20eq%20%22" + name + "%22", null)
                .expect(200)
                .body()
                .path("Resources")
                .path(0)
                .path("id")
                .asText();
    ObjectNode patch = Scim.JSON.createObjectNode();
    patch.putArray("schemas").add(Scim.PATCH);
    ObjectNode operation =
        patch.putArray("Operations").addObject().put("op", "add").put("path", "members");
    operation.putArray("value").addObject().put("value", id);
    assertThat(insistUntilNo5xx("PATCH", "/Groups/" + group, patch).status()).isIn(200, 204);
  }

  private Scim.Answer insistUntilNo5xx(String method, String path, JsonNode body) throws Exception {
    Scim.Answer[] answer = new Scim.Answer[1];
    eventually(
        () -> {
          answer[0] = scim.insist(method, path, body);
          assertThat(answer[0].status()).isLessThan(500);
        });
    return answer[0];
  }

  private List<String> changesOf(String role) {
    return topics.read("role-changes").stream()
        .filter(record -> record.key().endsWith("/" + role))
        .collect(Collectors.toMap(KafkaTopics::eventId, record -> record, (first, again) -> first))
        .values()
        .stream()
        .map(KillAnyServiceIT::kind)
        .toList();
  }

  private static String kind(ConsumerRecord<String, byte[]> record) {
    try {
      return Scim.JSON.readTree(record.value()).path("change").path("kind").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
