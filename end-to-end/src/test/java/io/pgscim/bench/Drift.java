package io.pgscim.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.endtoend.Cluster;
import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A drift scan that finds nothing, at 10,000, 30,000 and 100,000 people of ten memberships each, by
 * the service as it is started everywhere. Beside it psql compares wanted with held memberships on
 * the same server in one statement: the least that anybody could do.
 */
final class Drift implements Bench.Benchmark {
  private static final int ACCESS_ROLES = 200;
  private static final int EACH = 10;
  private static final List<Integer> SIZES = List.of(10_000, 30_000, 100_000);
  private static final int ROUNDS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public List<Measure> run() throws Exception {
    List<Measure> measures = new ArrayList<>();
    try (Stack stack = Stack.fresh(Policies.groupsThatGiveOneRole(ACCESS_ROLES))) {
      stack.without("scim-ingest", "audit-sink");
      Cluster pgscim = stack.cluster().in("pgscim");
      int before = 0;
      for (int size : SIZES) {
        System.err.printf("drift: %d people, %d memberships%n", size, size * EACH);
        populate(pgscim, before + 1, size);
        before = size;
        String people = "%,d people".formatted(size);
        double limit = psql(stack);
        double took = Double.MAX_VALUE;
        for (int round = 1; round <= ROUNDS; round++) {
          double one = scan(stack, size);
          if (round == 1) {
            measures.add(Measure.of(people + ", the first scan", one, "s"));
          }
          took = Math.min(took, one);
        }
        measures.add(Measure.beside(people + ", beside psql", took, "s", limit));
        measures.add(Measure.of(people + ", per person", took * 1e6 / size, "µs"));
      }
      measures.add(
          Measure.of(
              "resident memory of role-applier, most", Memory.peak(stack, "role-applier"), "MB"));
    }
    return measures;
  }

  /** What pushes would have made of them, without the hours that they would take. */
  private static void populate(Cluster pgscim, int from, int to) throws SQLException {
    try (Connection connection = pgscim.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DO $$ BEGIN
            FOR i IN %1$d..%2$d LOOP
              EXECUTE format('CREATE ROLE %%I LOGIN', 'u' || i || '@example.com');
              IF i %% 2000 = 0 THEN COMMIT; END IF;
            END LOOP;
          END $$\
          """
              .formatted(from, to));
      statement.execute(
          """
          INSERT INTO pgscim.ledger_group (group_id, version, deleted, display_name)
          SELECT 'g' || i, 1, false, 'group-' || i FROM generate_series(0, %1$d - 1) i ON CONFLICT DO NOTHING;
          INSERT INTO pgscim.ledger_user
          SELECT 'u' || i, 1, false,
                 json_build_object('id', 'u' || i, 'source', 'bench', 'version', 1, 'deleted', false, 'userName',
                   'u' || i || '@example.com', 'active', true, 'displayName', 'Person ' || i, 'userType', 'Employee')
          FROM generate_series(%2$d, %3$d) i;
          INSERT INTO pgscim.ledger_membership (group_id, user_id, version, present, joined_at)
          SELECT 'g' || ((i * 7 + k * 20) %% %1$d), 'u' || i, 1, true, now()
          FROM generate_series(%2$d, %3$d) i, generate_series(0, %4$d - 1) k;
          INSERT INTO pgscim.managed_role (subject, user_id, role_oid, role_name, state)
          SELECT 'user/u' || i, 'u' || i, oid, rolname, 'active'
          FROM generate_series(%2$d, %3$d) i JOIN pg_roles ON rolname = 'u' || i || '@example.com'\
          """
              .formatted(ACCESS_ROLES, from, to, EACH));
      statement.execute(
          """
          DO $$ DECLARE people text; BEGIN
            FOR a IN 0..%1$d - 1 LOOP
              SELECT string_agg(quote_ident('u' || i || '@example.com'), ',') INTO people
              FROM generate_series(%2$d, %3$d) i, generate_series(0, %4$d - 1) k
              WHERE (i * 7 + k * 20) %% %1$d = a;
              EXECUTE 'GRANT a' || a || ' TO ' || people
                || ' WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY pgscim_granter';
              COMMIT;
            END LOOP;
          END $$\
          """
              .formatted(ACCESS_ROLES, from, to, EACH));
      statement.execute("VACUUM ANALYZE");
    }
  }

  /** One scan asked for over HTTP; how long it took by its own report, in seconds. */
  private double scan(Stack stack, int people) throws IOException, InterruptedException {
    String txn =
        send(stack, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()))
            .path("txn")
            .asText();
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode report = send(stack, HttpRequest.newBuilder().GET());
    while (!report.path("txn").asText().equals(txn)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no report of " + txn + " in " + PATIENCE);
      }
      Thread.sleep(100);
      report = send(stack, HttpRequest.newBuilder().GET());
    }
    if (!report.path("found").isEmpty() || report.path("people").asInt() != people) {
      throw new IllegalStateException(
          "that is not what was put in: " + report.path("people") + " " + report.path("found"));
    }
    return report.path("tookMillis").asLong() / 1e3;
  }

  private JsonNode send(Stack stack, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return JSON.readTree(
        http.send(
                request
                    .uri(URI.create(stack.applierUrl() + "/drift"))
                    .header("Accept", "application/json")
                    .build(),
                BodyHandlers.ofString())
            .body());
  }

  /** Who is to have what and has not, or the other way round: the best of some, in seconds. */
  private static double psql(Stack stack) throws IOException, InterruptedException {
    String statement =
        """
        DO $$ DECLARE drift bigint; BEGIN
          SELECT count(*) INTO drift
          FROM (SELECT own.role_oid AS member, 'a' || substr(display_name, 7) AS access
                FROM pgscim.ledger_membership JOIN pgscim.ledger_group USING (group_id)
                     JOIN pgscim.managed_role own USING (user_id)
                WHERE present) wanted
               FULL JOIN (SELECT member, granted.rolname::text AS access
                          FROM pg_auth_members JOIN pg_roles granted ON granted.oid = roleid
                               JOIN pgscim.managed_role own ON own.role_oid = member AND own.user_id IS NOT NULL) held
               USING (member, access)
          WHERE wanted.member IS NULL OR held.member IS NULL;
          IF drift > 0 THEN RAISE EXCEPTION '% memberships differ', drift; END IF;
        END $$;
        """;
    var psql = new Psql(stack.cluster().port(), "postgres");
    Duration best = psql.inOneTransaction("pgscim", statement);
    for (int round = 1; round < ROUNDS; round++) {
      Duration one = psql.inOneTransaction("pgscim", statement);
      best = one.compareTo(best) < 0 ? one : best;
    }
    return best.toNanos() / 1e9;
  }
}
