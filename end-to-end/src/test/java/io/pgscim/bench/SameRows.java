package io.pgscim.bench;

import static io.pgscim.bench.IdentityProvider.MEMBERSHIPS;
import static io.pgscim.bench.IdentityProvider.MEMBERS_AT_ONCE;
import static io.pgscim.bench.IdentityProvider.USERS;

import io.pgscim.endtoend.Cluster;
import io.pgscim.endtoend.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of an initial synchronisation once more, by psql, into tables that are made alike. */
final class SameRows {
  /** As many as a relay reads at once. */
  private static final int AT_ONCE = 1024;

  private final Stack stack;

  SameRows(Stack stack) {
    this.stack = stack;
  }

  /** Those of the memberships and of their events, in as many transactions; in seconds. */
  double memberships() throws Exception {
    Cluster directory = stack.cluster().in("directory");
    execute(
        directory,
        """
        CREATE TABLE bench.member (LIKE scim.member INCLUDING ALL);
        CREATE TABLE bench.members AS SELECT *, row_number() OVER (ORDER BY group_id) AS place FROM scim.member;
        CREATE TABLE bench.events AS
          SELECT *, row_number() OVER (ORDER BY aggregateid LIKE 'member/%' DESC, position) AS place FROM scim.outbox;
        CREATE INDEX ON bench.members (place);
        CREATE INDEX ON bench.events (place);
        ANALYZE
        """);
    String patches =
        IntStream.range(0, MEMBERSHIPS / MEMBERS_AT_ONCE)
            .mapToObj(i -> patch(i * MEMBERS_AT_ONCE + 1, (i + 1) * MEMBERS_AT_ONCE))
            .collect(Collectors.joining());
    return new Psql(directory.port(), "postgres").run("directory", patches).toNanos() / 1e9;
  }

  private static String patch(int from, int to) {
    return """
    BEGIN;
    INSERT INTO bench.member SELECT group_id, user_id FROM bench.members WHERE place BETWEEN %1$d AND %2$d;
    INSERT INTO bench.outbox (id, aggregatetype, aggregateid, type, headers, payload)
    SELECT id, aggregatetype, aggregateid, type, headers, payload
    FROM bench.events WHERE place BETWEEN %1$d AND %2$d ORDER BY place;
    COMMIT;
    """
        .formatted(from, to);
  }

  /**
   * What role-applier writes beside the roles: ledger, its own roles, and an event of each change;
   * in seconds.
   */
  double ledgerAndOutbox() throws Exception {
    Cluster home = stack.cluster().in("pgscim");
    execute(
        home,
        """
        CREATE SCHEMA bench;
        CREATE TABLE bench.users (LIKE pgscim.ledger_user INCLUDING ALL);
        CREATE TABLE bench.memberships (LIKE pgscim.ledger_membership INCLUDING ALL);
        CREATE TABLE bench.roles (LIKE pgscim.managed_role INCLUDING ALL);
        CREATE TABLE bench.outbox (LIKE pgscim.outbox INCLUDING ALL);
        ANALYZE
        """);
    return new Psql(home.port(), "postgres")
            .inOneTransaction(
                "pgscim",
                """
                INSERT INTO bench.users SELECT * FROM pgscim.ledger_user;
                INSERT INTO bench.memberships SELECT * FROM pgscim.ledger_membership;
                INSERT INTO bench.roles SELECT * FROM pgscim.managed_role;
                INSERT INTO bench.outbox (id, aggregatetype, aggregateid, type, headers, payload)
                SELECT gen_random_uuid(), 'role-changes', 'local/' || user_id, 'io.pgscim.role.changed.v1',
                       jsonb_build_object('ce_id', gen_random_uuid(), 'ce_txn', gen_random_uuid(), 'ce_time', now(),
                                          'ce_requestedat', now(), 'ce_actor', 'scim', 'ce_source', '/clusters/local'),
                       convert_to(repeat('x', %d), 'UTF8')
                FROM (SELECT user_id FROM pgscim.ledger_user
                      UNION ALL SELECT user_id FROM pgscim.ledger_membership) changes;
                """
                    .formatted(new BareKafka(stack).bytesEach("role-changes")))
            .toNanos()
        / 1e9;
  }

  /** Those of the people's events, as their relay reads and deletes them; in seconds. */
  double identityEventsTaken() throws Exception {
    return taken("directory", "bench.events", "place");
  }

  /** Those of the roles' events, as their relay reads and deletes them; in seconds. */
  double roleChangesTaken() throws Exception {
    return taken("pgscim", "bench.outbox", "position");
  }

  private double taken(String database, String table, String order) throws Exception {
    String batch =
        """
        COPY (SELECT * FROM %1$s ORDER BY %2$s LIMIT %3$d) TO STDOUT;
        DELETE FROM %1$s WHERE %2$s IN (SELECT %2$s FROM %1$s ORDER BY %2$s LIMIT %3$d);
        """
            .formatted(table, order, AT_ONCE);
    return new Psql(stack.cluster().port(), "postgres")
            .run(database, batch.repeat(1 + (USERS + MEMBERSHIPS) / AT_ONCE))
            .toNanos()
        / 1e9;
  }

  private static void execute(Cluster database, String sql) throws SQLException {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
