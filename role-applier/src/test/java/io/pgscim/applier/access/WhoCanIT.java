package io.pgscim.applier.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.access.Access.RowSecurity;
import io.pgscim.applier.cluster.Address;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.parts.Database;
import io.pgscim.parts.embedded.EmbeddedParts;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of access, beside what PostgreSQL itself says. */
class WhoCanIT {
  private static final int WORLDS = 300;
  private static final String DATABASE = "who_can";

  private static Vertx vertx;
  private static Session session;

  /** Of its own: every role there is asked about. */
  private static Database server;

  @BeforeAll
  static void connect() {
    server = EmbeddedParts.database();
    server.createDatabase(DATABASE);
    vertx = Vertx.vertx();
    var address =
        new Address(server.url(DATABASE), Optional.of(server.superuser()), Optional.empty());
    session = Session.open(vertx, address.home());
  }

  @AfterAll
  static void disconnect() throws Exception {
    session.close();
    vertx.closeAndAwait();
    server.close();
  }

  /** One object with PostgreSQL's own function for it, {@code %s} being the role. */
  private record Oracle(String object, String has, boolean inSchema) {}

  private static final List<Oracle> ORACLES =
      List.of(
          new Oracle(DATABASE, "has_database_privilege(%s, '" + DATABASE + "', p)", false),
          new Oracle(DATABASE + ".s", "has_schema_privilege(%s, 's', p)", false),
          new Oracle(DATABASE + ".s.t", "has_table_privilege(%s, 's.t', p)", true),
          new Oracle(DATABASE + ".s.v", "has_table_privilege(%s, 's.v', p)", true),
          new Oracle(DATABASE + ".s.t.a", "has_column_privilege(%s, 's.t', 'a', p)", true),
          new Oracle(DATABASE + ".s.t.b", "has_column_privilege(%s, 's.t', 'b', p)", true),
          new Oracle(DATABASE + ".s.q", "has_sequence_privilege(%s, 's.q', p)", true),
          new Oracle(
              DATABASE + ".s.f(int4, text)",
              "has_function_privilege(%s, 's.f(int, text)', p)",
              true),
          new Oracle(
              DATABASE + ".pg_catalog.pg_class",
              "has_table_privilege(%s, 'pg_catalog.pg_class', p)",
              false));

  /** What can be said of one login and one privilege. */
  private record Verdict(
      boolean inherited, boolean reachable, boolean atOnce, boolean usable, boolean passesOn) {}

  @Test
  void saysWhatPostgresSaysOfManyWorlds() {
    int verdicts = 0;
    for (long seed = 1; seed <= WORLDS; seed++) {
      try (Transaction world = session.begin()) {
        world.send(RandomWorld.script(seed, DATABASE));
        for (Oracle oracle : ORACLES) {
          Lookup.Found found = found(world, oracle.object());
          Map<String, Verdict> expected = expected(world, oracle, found);
          verdicts += expected.size();
          assertThat(said(found, expected))
              .as("world %d, %s", seed, oracle.object())
              .isEqualTo(expected);
        }
      }
    }
    assertThat(verdicts).isGreaterThan(WORLDS * 100);
  }

  @Test
  void saysWhomRowSecurityHinders() {
    int secured = 0;
    for (long seed = 1; seed <= WORLDS / 4; seed++) {
      try (Transaction world = session.begin()) {
        world.send(RandomWorld.script(seed, DATABASE));
        for (Access access : found(world, DATABASE + ".s.t").access()) {
          if (Stream.of("SELECT", "INSERT", "UPDATE", "DELETE")
              .noneMatch(access.privileges()::contains)) {
            continue;
          }
          world.send("SET LOCAL ROLE " + access.setRole().orElse(access.login()));
          boolean active = one(world, "SELECT row_security_active('s.t'::regclass) AS it");
          world.send("RESET ROLE");
          boolean enabled =
              one(world, "SELECT relrowsecurity AS it FROM pg_class WHERE oid = 's.t'::regclass");
          secured += enabled ? 1 : 0;
          assertThat(access.rowSecurity())
              .as("world %d, %s", seed, access)
              .isEqualTo(
                  active ? RowSecurity.APPLIES : enabled ? RowSecurity.BYPASSED : RowSecurity.NONE);
        }
      }
    }
    assertThat(secured).isGreaterThan(100);
  }

  @Test
  void everyStepOfAPathIsAMembershipThatLetsOneTakeIt() {
    int steps = 0;
    for (long seed = 1; seed <= WORLDS / 4; seed++) {
      try (Transaction world = session.begin()) {
        world.send(RandomWorld.script(seed, DATABASE));
        for (Access access : found(world, DATABASE + ".s.t").access()) {
          String member = access.login();
          boolean inheriting = access.setRole().isEmpty();
          for (Step step : access.path().steps()) {
            boolean takes = inheriting ? step.inherit() : step.set();
            assertThat(takes).as("world %d, %s", seed, access).isTrue();
            boolean isMember =
                one(
                    world,
                    "SELECT pg_has_role($1::name, $2::name, 'MEMBER') AS it",
                    member,
                    step.role());
            assertThat(isMember).as("world %d, %s", seed, access).isTrue();
            member = step.role();
            inheriting |= access.setRole().equals(Optional.of(member));
            steps++;
          }
          assertThat(inheriting).as("world %d, %s", seed, access).isTrue();
        }
      }
    }
    assertThat(steps).isGreaterThan(500);
  }

  @Test
  void whoeverIsSaidToHaveItAfterSetRoleReallyCanDoThat() {
    int taken = 0;
    for (long seed = 1; seed <= WORLDS / 4; seed++) {
      try (Transaction world = session.begin()) {
        world.send(RandomWorld.script(seed, DATABASE));
        long table =
            world
                .ask("SELECT 's.t'::regclass::oid::bigint AS oid")
                .iterator()
                .next()
                .getLong("oid");
        for (Access access : found(world, DATABASE + ".s.t").access()) {
          if (access.setRole().isEmpty()
              || !access.columns().isEmpty()
              || access.obstacles().contains(Source.OWNER_CAN)) {
            continue;
          }
          world.send("SET LOCAL SESSION AUTHORIZATION " + access.login());
          world.send("SET LOCAL ROLE " + access.setRole().get());
          for (String privilege : access.privileges()) {
            assertThat(
                    one(
                        world,
                        "SELECT has_table_privilege($1::bigint::oid, $2::text) AS it",
                        table,
                        privilege))
                .as("world %d, %s", seed, access)
                .isTrue();
            taken++;
          }
          world.send("RESET SESSION AUTHORIZATION");
        }
      }
    }
    assertThat(taken).isGreaterThan(200);
  }

  @Test
  void saysWhatThereIsInsteadOfWhatThereIsNot() {
    try (Transaction world = session.begin()) {
      world.send(RandomWorld.script(1, DATABASE));
      assertThat(ask(world, DATABASE + ".nowhere.t", "SELECT"))
          .isEqualTo(new Lookup.NoSuchObject("the database has no schema of that name"));
      assertThat(ask(world, DATABASE + ".s.f(text)", "EXECUTE"))
          .isEqualTo(
              new Lookup.NoSuchObject(
                  "the function or procedure takes other arguments: (integer, text)"));
      assertThat(ask(world, DATABASE + ".s.t.c", "SELECT"))
          .isEqualTo(new Lookup.NoSuchObject("the relation has no column of that name"));
      assertThat(ask(world, DATABASE + ".s.q", "DELETE"))
          .isEqualTo(
              new Lookup.NoSuchPrivilege(
                  "a sequence has no such privilege; it has SELECT, UPDATE, USAGE"));
      assertThat(ask(world, DATABASE + ".s.t.a", "DELETE"))
          .isInstanceOf(Lookup.NoSuchPrivilege.class);
    }
  }

  /** 10,000 logins with 5 of 200 access roles each; all of these read all of 500 tables. */
  @Test
  void answersAtTheSizeOfACompany() {
    try (Transaction world = session.begin()) {
      world.send(
          """
          CREATE SCHEMA s;
          DO $$
          BEGIN
            FOR i IN 0..199 LOOP EXECUTE format('CREATE ROLE a%s', i); END LOOP;
            FOR i IN 0..9999 LOOP
              EXECUTE format('CREATE ROLE l%s LOGIN IN ROLE a%s, a%s, a%s, a%s, a%s',
                             i, i % 200, (i + 1) % 200, (i + 7) % 200, (i + 50) % 200, (i + 99) % 200);
            END LOOP;
            FOR i IN 0..499 LOOP EXECUTE format('CREATE TABLE s.t%s (a int)', i); END LOOP;
            EXECUTE 'GRANT SELECT ON ALL TABLES IN SCHEMA s TO '
                    || (SELECT string_agg('a' || i, ', ') FROM generate_series(0, 199) i);
          END
          $$
          """);
      assertThat(found(world, DATABASE + ".s.t7").access())
          .filteredOn(access -> access.login().startsWith("l"))
          .hasSize(50_000);

      Duration fastest = Duration.ofDays(1);
      for (int i = 0; i < 5; i++) {
        Instant begun = Instant.now();
        found(world, DATABASE + ".s.t7");
        Duration took = Duration.between(begun, Instant.now());
        fastest = took.compareTo(fastest) < 0 ? took : fastest;
      }
      Logger.getLogger(WhoCanIT.class).infof("who can: 50,000 ways in %s", fastest);
      assertThat(fastest).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static Lookup.Found found(Transaction world, String object) {
    return (Lookup.Found) lookUp(world, object, Optional.empty());
  }

  private static Lookup ask(Transaction world, String object, String privilege) {
    return lookUp(world, object, Optional.of(privilege));
  }

  private static Lookup lookUp(Transaction world, String object, Optional<String> privilege) {
    var question = Question.of(ObjectName.parse(object), privilege);
    return AccessCatalog.whoCan(world, List.of(question)).getFirst();
  }

  private static boolean one(Transaction world, String sql, Object... parameters) {
    return world.ask(sql, parameters).iterator().next().getBoolean("it");
  }

  private static Map<String, Verdict> expected(
      Transaction world, Oracle oracle, Lookup.Found found) {
    String may = oracle.inSchema() ? "has_schema_privilege(%s, 's', 'USAGE')" : "true OR %s = 0";
    String connect = "has_database_privilege(l.oid, '" + DATABASE + "', 'CONNECT')";
    String sql =
        """
        SELECT l.rolname::text AS login, p, %1$s AS inherited, s.reachable, %5$s AND %1$s AND (%3$s) AS at_once,
               %5$s AND s.usable AS usable, s.passes_on
        FROM pg_roles l CROSS JOIN unnest($1::text[]) p,
             LATERAL (SELECT bool_or(%2$s) AS reachable, bool_or(%2$s AND (%4$s)) AS usable,
                             bool_or(%6$s) AS passes_on
                      FROM pg_roles s WHERE pg_has_role(l.oid, s.oid, 'SET')) s
        WHERE l.rolcanlogin AND (l.rolname ~ '^r[0-9]$' OR l.rolname = 'postgres')
        """
            .formatted(
                oracle.has().formatted("l.oid"),
                oracle.has().formatted("s.oid"),
                may.formatted("l.oid"),
                may.formatted("s.oid"),
                connect,
                oracle.has().formatted("s.oid").replace(", p)", ", p || ' WITH GRANT OPTION')"));
    Map<String, Verdict> expected = new TreeMap<>();
    for (Row row : world.ask(sql, (Object) found.privileges().toArray(String[]::new))) {
      expected.put(
          row.getString("login") + " " + row.getString("p"),
          new Verdict(
              row.getBoolean("inherited"),
              row.getBoolean("reachable"),
              row.getBoolean("at_once"),
              row.getBoolean("usable"),
              row.getBoolean("passes_on")));
    }
    return expected;
  }

  private static Map<String, Verdict> said(Lookup.Found found, Map<String, Verdict> about) {
    Map<String, Verdict> said = new TreeMap<>();
    for (String subject : about.keySet()) {
      String[] words = subject.split(" ");
      List<Access> ways =
          found.access().stream()
              .filter(a -> a.login().equals(words[0]) && a.privileges().contains(words[1]))
              .filter(a -> found.kind().equals("column") || a.columns().isEmpty())
              .toList();
      List<Access> real =
          ways.stream().filter(a -> !a.obstacles().contains(Source.OWNER_CAN)).toList();
      said.put(
          subject,
          new Verdict(
              any(real, a -> a.setRole().isEmpty()),
              !real.isEmpty(),
              any(real, Access::usableAtOnce),
              any(real, a -> a.obstacles().isEmpty()),
              any(ways, a -> a.grantable().contains(words[1]))));
    }
    return said;
  }

  private static boolean any(List<Access> ways, Predicate<Access> so) {
    return ways.stream().anyMatch(so);
  }
}
