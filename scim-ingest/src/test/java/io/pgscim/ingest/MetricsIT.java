package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class MetricsIT {
  private static final String REQUESTS = "pgscim_scim_requests_seconds_count";

  @Test
  void requestsAreCountedByWhatTheyNameAndNotByWhom() {
    Metrics before = Metrics.at(Scim.root());
    String user = Scim.user(Scim.name("counted")).id();
    Scim.get("/Users/" + user);
    Scim.get("/Users/" + UUID.randomUUID());
    Scim.get("/nothing/of/the/kind");
    Scim.send("BREW", "/Users", null);
    Scim.patch("/Users/" + user, "{'op': 'replace', 'path': 'title', 'value': 'T'}");
    Metrics after = Metrics.at(Scim.root());

    assertThat(grown(before, after, "endpoint=\"/Users\"", "method=\"POST\"", "status=\"201\""))
        .isEqualTo(1);
    assertThat(grown(before, after, "endpoint=\"/Users/{id}\"", "method=\"GET\"", "status=\"200\""))
        .isEqualTo(1);
    assertThat(grown(before, after, "endpoint=\"/Users/{id}\"", "method=\"GET\"", "status=\"404\""))
        .isEqualTo(1);
    assertThat(grown(before, after, "endpoint=\"unknown\"", "status=\"404\"")).isEqualTo(1);
    assertThat(grown(before, after, "method=\"OTHER\"")).isEqualTo(1);
    assertThat(after.text()).doesNotContain(user, "BREW", "uri=\"/scim");
    assertThat(
            after.value("pgscim_directory_transaction_seconds_count", "outcome=\"committed\"")
                - before.value(
                    "pgscim_directory_transaction_seconds_count", "outcome=\"committed\""))
        .isEqualTo(2);
  }

  @Test
  void whoIsTurnedAwayIsCountedByReason() {
    String name = "pgscim_authentication_failures_total";
    double before = Metrics.at(Scim.root()).value(name, "reason=\"unknown\"");

    Scim.send("GET", "/Users", null, "Authorization", "Bearer wrong");

    assertThat(Metrics.at(Scim.root()).value(name, "reason=\"unknown\"", "source=\"default\""))
        .isEqualTo(before + 1);
  }

  @Test
  void theRelayIsSeenFromCommitToAcknowledgement() throws InterruptedException {
    Metrics before = Metrics.at(Scim.root());
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      String user = Scim.user(Scim.name("seen")).id();
      events.await(1, e -> e.event() instanceof UserState u && u.id().equals(user));
    }
    Metrics after = Metrics.at(Scim.root());
    // What waits is looked at once a second.
    for (int i = 0; i < 50 && after.value("pgscim_outbox_depth_rows") != 0; i++) {
      Thread.sleep(100);
      after = Metrics.at(Scim.root());
    }

    assertThat(
            after.value("pgscim_publish_latency_seconds_count")
                - before.value("pgscim_publish_latency_seconds_count"))
        .isPositive();
    assertThat(after.value("pgscim_relay_batch_rows_sum"))
        .isGreaterThan(before.value("pgscim_relay_batch_rows_sum"));
    assertThat(after.value("pgscim_relay_leading")).isEqualTo(1);
    assertThat(after.value("pgscim_outbox_depth_rows")).isZero();
    assertThat(after.value("pgscim_outbox_oldest_age_seconds")).isZero();
    assertThat(after.series("jvm_memory_used_bytes")).isNotEmpty();
  }

  private static double grown(Metrics before, Metrics after, String... labels) {
    return after.value(REQUESTS, labels) - before.value(REQUESTS, labels);
  }
}
