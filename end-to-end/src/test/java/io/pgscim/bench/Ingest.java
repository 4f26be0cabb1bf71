package io.pgscim.bench;

import io.pgscim.bench.LoadClient.Run;
import io.pgscim.endtoend.Stack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * User creates per second through the whole durable path, over 32 connections, the relay publishing
 * beside it; and pgbench running the same SQL on the same server. The two take turns, so that
 * whatever the machine does meanwhile happens to both.
 */
final class Ingest implements Bench.Benchmark {
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 5;
  private static final int SECONDS = 6;
  private static final Duration ROUND = Duration.ofSeconds(SECONDS);

  /**
   * Warm is what does not get faster by more than this any more; at the latest after some tries.
   */
  private static final double STEADY = 1.05;

  private static final int LEAST_WARM_UPS = 6;
  private static final int MOST_WARM_UPS = 12;

  @Override
  public List<Measure> run() throws Exception {
    Path program = PgBench.find();
    try (Stack stack = Stack.fresh()) {
      stack.without("role-applier", "audit-sink");
      HttpRequests http = new HttpRequests(stack.scimPort(), stack.token());
      try (LoadClient client = new LoadClient(stack.scimPort(), CONNECTIONS)) {
        System.err.println("ingest: warming up");
        client.run(1, 201, () -> user(http));
        Waiting.untilPublished(stack);
        PgBench pgbench = prepare(stack, program);
        warmUp(client, http);
        pgbench.run(CONNECTIONS, 2);

        System.err.printf("ingest: %d rounds of %d s each%n", ROUNDS, SECONDS);
        List<Measure> measures = rounds(stack, client, http, pgbench);
        measures.addAll(Lookups.measure(stack, http));
        return measures;
      }
    }
  }

  private static void warmUp(LoadClient client, HttpRequests http) {
    double before = 0;
    double now = client.run(ROUND, 201, () -> user(http)).perSecond();
    for (int i = 1; i < LEAST_WARM_UPS || i < MOST_WARM_UPS && now > before * STEADY; i++) {
      before = now;
      now = client.run(ROUND, 201, () -> user(http)).perSecond();
    }
  }

  private static byte[] user(HttpRequests http) {
    return http.send("POST", "/Users", Person.json(Person.number()));
  }

  /** Tables like the directory's, which the relay does not look into. */
  static void tablesBeside(Stack stack) throws SQLException {
    try (Connection directory = stack.cluster().in("directory").connect("postgres");
        Statement statement = directory.createStatement()) {
      statement.execute(
          """
          CREATE SCHEMA bench;
          CREATE TABLE bench.resource (LIKE scim.resource INCLUDING ALL);
          CREATE TABLE bench.outbox (LIKE scim.outbox INCLUDING ALL)
          """);
    }
  }

  private static PgBench prepare(Stack stack, Path program) throws Exception {
    tablesBeside(stack);
    return PgBench.of(program, stack.cluster().port(), Samples.newest(stack));
  }

  private static List<Measure> rounds(
      Stack stack, LoadClient client, HttpRequests http, PgBench pgbench) throws Exception {
    long answers = 0;
    double seconds = 0;
    double drained = 0;
    double bare = 0;
    Expenses expenses = new Expenses(stack);
    for (int round = 0; round < ROUNDS; round++) {
      expenses.begin();
      Run run = client.run(ROUND, 201, () -> user(http));
      double late = Waiting.untilPublished(stack);
      expenses.end();
      double sql = pgbench.run(CONNECTIONS, SECONDS);
      System.err.printf(
          "ingest: %.0f creates/s, pgbench %.0f/s, last event on Kafka after another %.0f ms%n",
          run.perSecond(), sql, late * 1e3);
      answers += run.answers();
      seconds += run.took().toNanos() / 1e9;
      drained = Math.max(drained, late);
      bare += sql / ROUNDS;
    }
    List<Measure> measures = new ArrayList<>();
    double most = answers / seconds;
    measures.add(Measure.beside("user creates per second", most, "1/s", bare));
    Latencies latencies = client.atRate(most / 2, ROUND, 201, () -> user(http)).latencies();
    measures.add(
        Measure.of("due → answered at half of that rate, median", latencies.median(), "ms"));
    measures.add(Measure.of("due → answered at half of that rate, p99", latencies.p99(), "ms"));
    Waiting.untilPublished(stack);
    measures.add(
        Measure.of("last event on Kafka after the last answer, worst", drained * 1e3, "ms"));
    measures.add(
        Measure.of("peak resident memory of scim-ingest", Memory.peak(stack, "scim-ingest"), "MB"));
    Map<String, Double> stages = profiled(stack, client, http);
    measures.addAll(expenses.perAnswer(answers, stages));
    return measures;
  }

  /** A round of its own: recording costs something itself. */
  private static Map<String, Double> profiled(Stack stack, LoadClient client, HttpRequests http)
      throws Exception {
    long pid = stack.pid("scim-ingest");
    Profile.start(pid);
    try (Sessions sessions = new Sessions(stack)) {
      client.run(ROUND, 201, () -> user(http));
      Map<String, Double> stages = Profile.stop(pid);
      System.err.println(
          "ingest: sessions of scim-ingest, on average: " + new TreeMap<>(sessions.average()));
      return stages;
    }
  }
}
