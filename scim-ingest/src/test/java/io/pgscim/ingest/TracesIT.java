package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.pgscim.events.Envelope;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One trace from the request to the Kafka record (W3C Trace Context). */
@QuarkusTest
@TestProfile(TracesIT.Traced.class)
@QuarkusTestResource(RealSurroundings.class)
class TracesIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CLIENT = "00f067aa0ba902b7";

  /** Tracing as an operator would switch it on, with an exporter that keeps what it gets. */
  public static class Traced implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.simple", "true");
    }
  }

  @ApplicationScoped
  static class Kept {
    @Produces
    @Singleton
    InMemorySpanExporter exporter() {
      return InMemorySpanExporter.create();
    }
  }

  @Inject InMemorySpanExporter exporter;

  @BeforeEach
  void forget() {
    exporter.reset();
  }

  @Test
  void theTraceOfTheClientGoesThroughTheDirectoryToTheRecord() throws Exception {
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      String user =
          Scim.send(
                  "POST",
                  "/Users",
                  "{'userName': '" + Scim.name("traced") + "'}",
                  "traceparent",
                  "00-" + TRACE + "-" + CLIENT + "-01")
              .id();
      Envelope event = events.await(1, about(user)).get(0);
      String header = events.header(event, "traceparent");

      SpanData request = span("POST /Users");
      SpanData write = span("directory transaction");
      SpanData sent = span("send identity-events");
      assertThat(List.of(request, write, sent))
          .extracting(SpanData::getTraceId)
          .containsOnly(TRACE);
      assertThat(request.getParentSpanId()).isEqualTo(CLIENT);
      assertThat(write.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(event.cause().traceparent())
          .isEqualTo("00-" + TRACE + "-" + request.getSpanId() + "-01");
      assertThat(header).isEqualTo("00-" + TRACE + "-" + sent.getSpanId() + "-01");
    }
  }

  @Test
  void aRequestWithoutATraceBeginsOne() throws Exception {
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      String user = Scim.user(Scim.name("untraced")).id();
      Envelope event = events.await(1, about(user)).get(0);

      SpanData request = span("POST /Users");
      assertThat(request.getParentSpanContext().isValid()).isFalse();
      assertThat(event.cause().traceparent()).contains(request.getTraceId(), request.getSpanId());
      assertThat(span("send identity-events").getTraceId()).isEqualTo(request.getTraceId());
    }
  }

  @Test
  void spansHoldNothingThatIsSaidOfAPerson() throws Exception {
    String person = "trillian-mcmillan";
    Scim.user(person);
    Scim.list("/Users", "userName eq \"" + person + "\"");
    Scim.get("/Users/" + person);
    Scim.get("/" + person);
    span("POST /Users");
    span("GET unknown");

    assertThat(exporter.getFinishedSpanItems().toString())
        .contains("GET /Users", "GET /Users/{id}")
        .doesNotContain(person);
  }

  private SpanData span(String name) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (true) {
      var found =
          exporter.getFinishedSpanItems().stream()
              .filter(s -> s.getName().equals(name))
              .findFirst();
      if (found.isPresent() || Instant.now().isAfter(deadline)) {
        assertThat(found).as("%s in %s", name, exporter.getFinishedSpanItems()).isPresent();
        return found.get();
      }
      Thread.sleep(20);
    }
  }

  private static Predicate<Envelope> about(String user) {
    return e -> e.event() instanceof UserState state && state.id().equals(user);
  }
}
