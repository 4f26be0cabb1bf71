package io.pgscim.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.endtoend.Pushes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From the arrival of a membership push to its GRANT being committed, at a set rate, from the
 * events' own times. The pushes start on schedule whether or not the ones before are done, so a
 * stall is measured, not waited out.
 */
final class PushToGrant implements Bench.Benchmark {
  private static final int WARM_UP = 300;
  private static final int PUSHES = 600;
  private static final int PER_SECOND = 50;

  @Override
  public List<Measure> run() throws Exception {
    try (Pushes pushes = Pushes.onAFreshStack()) {
      System.err.printf(
          "push-to-grant: warming up with %d pushes, then measuring %d%n", WARM_UP, PUSHES);
      grants(pushes, WARM_UP);
      Map<String, Instant> sent = new HashMap<>();
      List<JsonNode> granted = grants(pushes, PUSHES, sent);
      Latencies fromArrival = new Latencies();
      Latencies fromSending = new Latencies();
      for (JsonNode entry : granted) {
        Instant recorded = Instant.parse(entry.path("when").path("recorded").asText());
        fromArrival.add(
            Duration.between(
                Instant.parse(entry.path("when").path("requested").asText()), recorded));
        fromSending.add(
            Duration.between(sent.get(entry.path("which").path("user").asText()), recorded));
      }

      Limits limits = new Limits(pushes);
      double http = limits.httpEcho();
      double directory = limits.directoryCommit();
      double kafka = limits.kafkaRoundTrip();
      double grant = limits.grantCommit();
      double sum = directory + kafka + grant;
      return List.of(
          Measure.of("pushes per second", PER_SECOND, "1/s"),
          Measure.beside(
              "request arrived → GRANT committed and recorded, median",
              fromArrival.median(),
              "ms",
              sum),
          Measure.beside(
              "request arrived → GRANT committed and recorded, p99", fromArrival.p99(), "ms", sum),
          Measure.beside(
              "request due → GRANT committed and recorded, median",
              fromSending.median(),
              "ms",
              http + sum),
          Measure.of("limit: HTTP request and answer, median", http, "ms"),
          Measure.of("limit: directory row and outbox row committed, median", directory, "ms"),
          Measure.of("limit: Kafka, acks=all, produced → consumed, median", kafka, "ms"),
          Measure.of("limit: ledger row, GRANT and outbox row committed, median", grant, "ms"));
    }
  }

  private static void grants(Pushes pushes, int count) throws Exception {
    grants(pushes, count, new HashMap<>());
  }

  /**
   * Adds that many fresh people to the group at the rate; the log entries of their grants.
   *
   * @param sent filled with the moment at which each was due
   */
  private static List<JsonNode> grants(Pushes pushes, int count, Map<String, Instant> sent)
      throws Exception {
    List<String> people = pushes.people(count);
    long before = pushes.log().size() - 1;
    List<Thread> inFlight = new ArrayList<>();
    Pace pace = new Pace(PER_SECOND);
    for (String person : people) {
      long due = pace.next();
      sent.put(person, Instant.now().minusNanos(System.nanoTime() - due));
      inFlight.add(Thread.ofVirtual().start(() -> pushes.join(person)));
    }
    for (Thread push : inFlight) {
      push.join();
    }
    return pushes.grantsSince(before, count);
  }
}
