package io.pgscim.bench;

import static io.pgscim.bench.IdentityProvider.CONNECTIONS;
import static io.pgscim.bench.IdentityProvider.MEMBERSHIPS;
import static io.pgscim.bench.IdentityProvider.MEMBERS_AT_ONCE;
import static io.pgscim.bench.IdentityProvider.USERS;

import io.pgscim.bench.InitialSync.Stage;
import io.pgscim.endtoend.Cluster;
import io.pgscim.endtoend.Stack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An initial synchronisation taken apart. The broker is down while people are pushed, so that the
 * outbox keeps everything; then each part is started when the one before it is done.
 */
final class SyncStages {
  private static final int SECONDS = 6;

  /** As many as the relay reads at once. */
  private static final int AT_ONCE = 1024;

  private final Stack stack;
  private final Path program;
  private double atWork;

  SyncStages(Stack stack, Path program) {
    this.stack = stack;
    this.program = program;
  }

  List<Stage> measure() throws Exception {
    try (Progress progress = new Progress(stack);
        IdentityProvider provider = new IdentityProvider(stack)) {
      PgBench pgbench = prepare();
      stack.settle();
      double roles =
          new RolesByPsql(stack, "psql")
                  .makeAndDrop(
                      RolesByPsql.Words.FUNCTIONS,
                      USERS,
                      user -> IdentityProvider.groupsOf(user).stream().map(g -> "a" + g).toList())
                  .toNanos()
              / 1e9;
      stack.without("role-applier", "audit-sink", "kafka");
      Stage push = push(provider, pgbench);
      Stage relay = relay(progress);
      return List.of(push, relay, apply(progress, roles), log(progress));
    }
  }

  /**
   * How long sessions of role-applier and its relay were at work in PostgreSQL while people became
   * roles, in seconds; the rest of that time is Kafka's and role-applier's own.
   */
  double atWorkInPostgres() {
    return atWork;
  }

  /** One user, who shows what is written for each; and tables for others to write the same into. */
  private PgBench prepare() throws Exception {
    HttpRequests http = new HttpRequests(stack.scimPort(), stack.token());
    try (LoadClient client = new LoadClient(stack.scimPort(), 1)) {
      client.run(1, 201, () -> http.send("POST", "/Users", Person.json(Person.number())));
    }
    Waiting.untilPublished(stack);
    Ingest.tablesBeside(stack);
    return PgBench.of(program, stack.cluster().port(), Samples.newest(stack));
  }

  private Stage push(IdentityProvider provider, PgBench pgbench) throws Exception {
    System.err.println("initial-sync: pushing, the broker down");
    long began = System.nanoTime();
    provider.push();
    double took = InitialSync.since(began);
    double users = USERS / pgbench.run(CONNECTIONS, SECONDS);
    double members = membersByPsql();
    double http = requestsThatAskNothing();
    System.err.printf(
        "initial-sync: pgbench creates the users in %.1f s, psql the memberships in %.1f s,"
            + " as many requests that touch no database take %.1f s%n",
        users, members, http);
    return new Stage(
        "HTTP and directory commit, beside as many bare requests to a service as cold, and pgbench and psql with the same rows",
        true,
        took,
        http + users + members);
  }

  /**
   * As many to a service that has just been started too: code that is not compiled yet is slow in
   * both.
   */
  private double requestsThatAskNothing() {
    stack.without("scim-ingest");
    stack.start("scim-ingest");
    try (IdentityProvider provider = new IdentityProvider(stack)) {
      return provider.asManyThatAskNothing();
    }
  }

  /** The rows of the memberships and of their events again, in as many transactions. */
  private double membersByPsql() throws Exception {
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

  private Stage relay(Progress progress) throws Exception {
    System.err.println("initial-sync: from the outbox to Kafka");
    Cluster directory = stack.cluster().in("directory");
    String first = directory.list("SELECT min(position) FROM scim.outbox").getFirst();
    stack.start("kafka");
    while (!directory
        .list("SELECT 1 FROM scim.outbox WHERE position = ?::bigint", first)
        .isEmpty()) {
      Thread.sleep(1);
    }
    long began = System.nanoTime();
    progress.awaitPublished();
    double took = InitialSync.since(began);
    return new Stage(
        "outbox → Kafka, beside psql that reads and deletes the same rows, and a bare producer of the same records",
        true,
        took,
        emptiedByPsql() + new BareKafka(stack).produceAgain("identity-events"));
  }

  /** The rows that a relay reads and deletes, so many at a time. */
  private double emptiedByPsql() throws Exception {
    Cluster directory = stack.cluster().in("directory");
    String batch =
        """
        COPY (SELECT * FROM bench.events ORDER BY place LIMIT %1$d) TO STDOUT;
        DELETE FROM bench.events WHERE place IN (SELECT place FROM bench.events ORDER BY place LIMIT %1$d);
        """
            .formatted(AT_ONCE);
    return new Psql(directory.port(), "postgres")
            .run("directory", batch.repeat(1 + (USERS + MEMBERSHIPS) / AT_ONCE))
            .toNanos()
        / 1e9;
  }

  private Stage apply(Progress progress, double roles) throws Exception {
    System.err.println("initial-sync: from Kafka to roles");
    // It is ready only once it has caught up, so its start is not waited for: the first batch is
    // seen.
    long before = progress.ledger();
    double active = Apply.active(stack);
    Thread starting = Thread.ofVirtual().start(() -> stack.start("role-applier"));
    while (progress.ledger() == before) {
      Thread.sleep(1);
    }
    long began = System.nanoTime();
    progress.awaitLedger();
    progress.awaitMemberships(MEMBERSHIPS);
    double took = InitialSync.since(began);
    starting.join();
    atWork = (Apply.active(stack) - active) / 1e3;
    double records = recordsByPsql();
    double consumed = new BareKafka(stack).consume(List.of("identity-events"));
    System.err.printf(
        "initial-sync: psql makes the roles in %.1f s and their records in %.1f s, a bare consumer takes %.1f s%n",
        roles, records, consumed);
    return new Stage(
        "Kafka → roles and memberships, beside a bare consumer, and psql that makes the same roles, ledger rows and outbox rows",
        true,
        took,
        roles + records + consumed);
  }

  /**
   * What role-applier writes beside the roles: ledger, its own roles, and an event of each change.
   */
  private double recordsByPsql() throws Exception {
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

  private Stage log(Progress progress) throws Exception {
    System.err.println("initial-sync: from Kafka to the log");
    progress.awaitOutboxes();
    stack.start("audit-sink");
    long began = System.nanoTime();
    progress.awaitLogged();
    double took = InitialSync.since(began);
    // Index and tree have not caught up yet; the limit has the machine for itself.
    stack.without("audit-sink");
    return new Stage(
        "Kafka → log, beside a bare consumer of the same JVM that hashes each record, writes it and syncs each batch",
        false,
        took,
        BareLog.take(stack));
  }

  private static void execute(Cluster database, String sql) throws SQLException {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
