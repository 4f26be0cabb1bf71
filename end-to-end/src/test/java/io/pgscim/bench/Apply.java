package io.pgscim.bench;

import io.pgscim.bench.RolesByPsql.Words;
import io.pgscim.endtoend.Stack;
import io.pgscim.events.GroupState;
import io.pgscim.events.MembershipState;
import io.pgscim.events.UserState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * People and their memberships from Kafka to roles, beside psql with the equivalent statements in
 * one transaction on the same server; then one member more at a time. Meanwhile nothing else is at
 * work: neither scim-ingest nor audit-sink, which would have its entry of every change.
 */
final class Apply implements Bench.Benchmark {
  private static final int USERS = 10_000;
  private static final int ROUNDS = 2;
  private static final int SINGLES = 300;
  private static final int SINGLES_PER_SECOND = 20;
  private static final List<String> ACCESS = List.of("analytics_read", "app_write");
  private static final String[] OTHERS = {"scim-ingest", "audit-sink"};
  private static final String HELD =
      """
      SELECT FROM pg_auth_members
      WHERE member = (SELECT oid FROM pg_authid WHERE rolname = ?)
        AND roleid = (SELECT oid FROM pg_authid WHERE rolname = 'analytics_read')
      """;
  private static final String ACTIVE =
      "SELECT active_time FROM pg_stat_database WHERE datname = 'pgscim'";

  @Override
  public List<Measure> run() throws Exception {
    try (Stack stack = Stack.fresh();
        Published published = new Published(stack)) {
      stack.settle();
      List<String> groups = groups(published);
      published.awaitApplied();
      warmUp(stack, published, groups);

      List<Measure> measures = new ArrayList<>();
      List<String> people = List.of();
      for (int round = 0; round < ROUNDS; round++) {
        long roles = roles(stack);
        Map<Words, Duration> psql = byPsql(stack, "psql" + round);
        people = IntStream.range(0, USERS).mapToObj(i -> UUID.randomUUID().toString()).toList();
        stack.without(OTHERS);
        Duration applier = byApplier(published, groups, people);
        check(stack, people);
        System.err.printf(
            "apply: %d roles there already, role-applier %d ms, psql %s%n",
            roles, applier.toMillis(), psql);
        measures.add(
            beside(
                "%,d users with %,d memberships, %,d roles there already, beside psql with CREATE ROLE and GRANT"
                    .formatted(USERS, USERS * ACCESS.size(), roles),
                applier,
                psql.get(Words.STATEMENTS)));
        measures.add(
            beside(
                "… beside psql with the same by a superuser",
                applier,
                psql.get(Words.SUPERUSERS_STATEMENTS)));
        measures.add(
            beside(
                "… beside psql with the calls that role-applier makes instead, of applier.sql",
                applier,
                psql.get(Words.FUNCTIONS)));
        List.of(OTHERS).forEach(stack::start);
        stack.settle();
      }
      measures.addAll(singles(stack, published));
      return measures;
    }
  }

  private static Map<Words, Duration> byPsql(Stack stack, String stem) throws Exception {
    Map<Words, Duration> took = new EnumMap<>(Words.class);
    for (Words words : Words.values()) {
      took.put(words, new RolesByPsql(stack, stem).makeAndDrop(words, USERS, person -> ACCESS));
    }
    return took;
  }

  private static Measure beside(String name, Duration applier, Duration psql) {
    return Measure.beside(name, applier.toMillis(), "ms", psql.toMillis());
  }

  /** Groups of the names in the policy. */
  private static List<String> groups(Published published) {
    List<String> ids = List.of(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    published.send(new GroupState(ids.get(0), "bench", 1, false, "pg-production-analytics", null));
    published.send(new GroupState(ids.get(1), "bench", 1, false, "pg-production-oncall", null));
    return ids;
  }

  /** The first thousands of events compile the service. */
  private static void warmUp(Stack stack, Published published, List<String> groups)
      throws Exception {
    System.err.println("apply: warming up");
    for (int i = 0; i < 5; i++) {
      byApplier(
          published,
          groups,
          IntStream.range(0, 500).mapToObj(n -> UUID.randomUUID().toString()).toList());
    }
    stack.settle();
  }

  private static Duration byApplier(Published published, List<String> groups, List<String> people)
      throws Exception {
    long began = System.nanoTime();
    for (String person : people) {
      published.send(user(person));
    }
    for (String group : groups) {
      for (String person : people) {
        published.send(MembershipState.of(group, person, 1, true));
      }
    }
    published.awaitApplied();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static UserState user(String id) {
    return new UserState(
        id, "bench", 1, false, "u-" + id, null, true, null, null, null, null, null, null, null,
        null);
  }

  private static void check(Stack stack, List<String> people) {
    List<String> held =
        stack
            .cluster()
            .list(
                """
                SELECT count(*) FROM pg_auth_members m
                JOIN pg_roles u ON u.oid = m.member JOIN pg_roles a ON a.oid = m.roleid
                JOIN unnest(string_to_array(?, ',')) access ON access = a.rolname
                JOIN unnest(string_to_array(?, ',')) person ON person = u.rolname
                """,
                String.join(",", ACCESS),
                people.stream().map(id -> "u-" + id).collect(Collectors.joining(",")));
    if (!held.equals(List.of(Integer.toString(people.size() * ACCESS.size())))) {
      throw new IllegalStateException("memberships held: " + held);
    }
  }

  /** One member more, again and again, each by itself. */
  private static List<Measure> singles(Stack stack, Published published) throws Exception {
    String group = UUID.randomUUID().toString();
    published.send(new GroupState(group, "bench", 1, false, "pg-production-analytics", null));
    List<String> people =
        IntStream.range(0, SINGLES).mapToObj(i -> UUID.randomUUID().toString()).toList();
    people.forEach(person -> published.send(user(person)));
    published.awaitApplied();
    stack.settle();
    long roles = roles(stack);
    double before = active(stack);
    Latencies latencies = new Latencies();
    Pace pace = new Pace(SINGLES_PER_SECOND);
    try (Connection elsewhere = stack.cluster().connect("postgres");
        PreparedStatement held = elsewhere.prepareStatement(HELD)) {
      for (String person : people) {
        long due = pace.next();
        published.send(MembershipState.of(group, person, 1, true));
        held.setString(1, "u-" + person);
        awaitRow(held);
        latencies.add(Duration.ofNanos(System.nanoTime() - due));
      }
    }
    double each = (active(stack) - before) / SINGLES;
    return List.of(
        Measure.of(
            "one member more, %,d roles there, in the database".formatted(roles), each, "ms"),
        Measure.of(
            "… from the record being due to its GRANT seen, median", latencies.median(), "ms"),
        Measure.of("… p99", latencies.p99(), "ms"));
  }

  private static void awaitRow(PreparedStatement query) throws SQLException {
    while (true) {
      try (ResultSet rows = query.executeQuery()) {
        if (rows.next()) {
          return;
        }
      }
      LockSupport.parkNanos(500_000);
    }
  }

  /**
   * How long sessions of the home database have been at work, in milliseconds: the applier's and
   * its relay's; each tells the statistics within a second or so.
   */
  static double active(Stack stack) throws InterruptedException {
    Thread.sleep(3_000);
    return Double.parseDouble(stack.cluster().list(ACTIVE).getFirst());
  }

  private static long roles(Stack stack) {
    return Long.parseLong(stack.cluster().list("SELECT count(*) FROM pg_roles").getFirst());
  }
}
