package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random histories end as a simple model says, and looking again finds nothing to do.
 *
 * <p>{@code -Dpgscim.rounds} histories are played, many at once in one world: their people and
 * groups are their own; the policy, the applier and what is done to access roles by hand they
 * share. {@code -Dpgscim.seed} repeats a world, {@code -Dpgscim.stages} ends it earlier.
 */
class ModelIT {
  private static final int ROUNDS = Integer.getInteger("pgscim.rounds", 200);
  private static final int STAGES = Integer.getInteger("pgscim.stages", 6);
  private static final int IN_A_WORLD = 100;

  private final Set<String> tables = new TreeSet<>(Set.of("orders", "lines"));
  private final List<String> shared = new ArrayList<>();
  private World world;
  private Random random;
  private List<Variant> policies;
  private Variant policy;

  @Test
  void historiesEndAsTheModelSays() throws Exception {
    long first = Long.getLong("pgscim.seed", System.nanoTime());
    Instant begin = Instant.now();
    for (int done = 0; done < ROUNDS; done += IN_A_WORLD) {
      long seed = first + done;
      int histories = Math.min(IN_A_WORLD, ROUNDS - done);
      try (World fresh = new World()) {
        world = fresh;
        play(seed, histories);
        leaveNobody();
      }
      System.err.printf(
          "model: %d of %d histories seed=%d seconds=%d%n",
          done + histories, ROUNDS, seed, Duration.between(begin, Instant.now()).toSeconds());
    }
  }

  private void play(long seed, int count) throws Exception {
    random = new Random(seed);
    tables.retainAll(Set.of("orders", "lines"));
    shared.clear();
    policies = Variant.of(world);
    List<History> histories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      histories.add(new History(world, i, random.nextLong()));
    }
    follow(policies.getFirst());
    world.start();
    for (int stage = 0; stage < STAGES; stage++) {
      say(histories);
      if (random.nextBoolean()) {
        world.settled();
      }
      happen();
      if (random.nextBoolean()) {
        world.settled();
      }
      tamper(histories);
    }
    Instant quiet =
        histories.stream().map(History::quietFrom).max(Instant::compareTo).orElseThrow();
    world.eventually("the clock is past every window", () -> Instant.now().isAfter(quiet));
    world.settled();
    lookAtEverything();
    compare(seed, histories);
    findsNothingToDo(seed);
  }

  private void say(List<History> histories) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (History history : histories) {
      for (History.Told told : history.say(2 + random.nextInt(6))) {
        sent.add(world.push(told.event(), told.requestedAt()));
      }
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
  }

  /** To everybody. */
  private void happen() {
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        follow(policies.get(random.nextInt(policies.size())));
      }
      case 2 -> {
        shared.add("restart");
        world.stopAll();
        follow(policies.get(random.nextInt(policies.size())));
        world.start();
      }
      case 3 -> {
        shared.add("another applier takes over");
        world.startAs("pgscim_applier");
        world.stopOldest();
      }
      case 4 -> {
        shared.add("connections are cut");
        world.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE usename = 'pgscim_applier'");
      }
      case 5 -> {
        String table = "t" + tables.size();
        shared.add("CREATE TABLE " + table);
        world.in(world.app, "SET ROLE " + world.owner + "; CREATE TABLE sales." + table + " ()");
        tables.add(table);
      }
      default -> shared.add("nothing");
    }
  }

  private void follow(Variant next) {
    shared.add("policy " + next.name());
    policy = next;
    world.policy(next.yaml(world));
  }

  private void tamper(List<History> histories) throws SQLException {
    List<String> access = List.of(world.reader, world.writer);
    try (Connection connection = world.connect(world.app, "postgres");
        Statement statement = connection.createStatement()) {
      for (History history : histories) {
        if (random.nextBoolean()) {
          attempt(statement, history.tamper(access));
        }
      }
      String sql =
          switch (random.nextInt(8)) {
            case 0 -> "REVOKE SELECT ON sales.orders FROM " + world.reader;
            case 1 -> "GRANT DELETE ON ALL TABLES IN SCHEMA sales TO " + world.reader;
            case 2 -> "GRANT ALL ON SCHEMA crm TO " + world.writer;
            case 3 -> "REVOKE ALL ON DATABASE " + world.app + " FROM " + world.reader;
            case 4 ->
                "ALTER DEFAULT PRIVILEGES FOR ROLE "
                    + world.owner
                    + " IN SCHEMA sales REVOKE SELECT ON TABLES FROM "
                    + world.reader;
            case 5 -> "ALTER ROLE " + world.reader + " LOGIN CREATEROLE";
            case 6 ->
                "REVOKE " + world.reader + " FROM " + world.writer + " GRANTED BY pgscim_granter";
            default -> "GRANT SELECT (email) ON crm.customers TO " + world.reader;
          };
      shared.add(sql);
      attempt(statement, sql);
    }
  }

  /** The role may not exist, or somebody else may be changing it. */
  private static void attempt(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException refused) {
      assertThat(refused.getSQLState()).as(sql + ": " + refused.getMessage()).isNotNull();
    }
  }

  private void lookAtEverything() {
    world.stopAll();
    world.start();
    world.settled();
  }

  private void compare(long seed, List<History> histories) throws SQLException {
    Found found = Found.in(world);
    Instant now = Instant.now();
    Map<Integer, Map<String, Model.Login>> wanted = new TreeMap<>();
    histories.forEach(history -> wanted.put(history.number, history.model.logins(policy, now)));
    Map<Integer, List<String>> differences = found.differences(wanted, policy);
    assertThat(differences)
        .as(
            () ->
                "seed %d, under %s%n%s%n".formatted(seed, policy.name(), String.join("\n", shared))
                    + differences.keySet().stream()
                        .limit(1)
                        .map(number -> String.join("\n", histories.get(number).steps()))
                        .collect(Collectors.joining()))
        .isEmpty();
    assertThat(found.privileges)
        .as("seed %d, %s", seed, shared)
        .isEqualTo(policy.privileges(tables));
    assertThat(wanted.values()).as("somebody can log in").anyMatch(logins -> !logins.isEmpty());
  }

  private void findsNothingToDo(long seed) {
    PlanView plan = world.appliers().getFirst().plan(Optional.empty()).orElseThrow();
    assertThat(plan.changes()).as("seed %d, %s", seed, shared).isEmpty();
    assertThat(plan.refusals()).as("seed %d, %s", seed, shared).isEmpty();
    long told = world.end(Topic.ROLE_CHANGES) + world.end(Topic.SECURITY_EVENTS);
    lookAtEverything();
    assertThat(world.end(Topic.ROLE_CHANGES) + world.end(Topic.SECURITY_EVENTS))
        .as("seed %d: a second look tells of changes", seed)
        .isEqualTo(told);
  }

  /** The server is shared with other tests, and thousands of roles would slow them down. */
  private void leaveNobody() {
    world.stopAll();
    world.run(
        """
        DO $$
        DECLARE person name;
        BEGIN
          FOR person IN SELECT rolname FROM pg_roles WHERE rolname LIKE '%%.%s' OR rolname LIKE '%%.%1$s~%%' LOOP
            EXECUTE format('DROP ROLE %%I', person);
          END LOOP;
        END $$\
        """
            .formatted(world.tag));
  }
}
