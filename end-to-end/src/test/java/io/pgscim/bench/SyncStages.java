package io.pgscim.bench;

import static io.pgscim.bench.IdentityProvider.CONNECTIONS;
import static io.pgscim.bench.IdentityProvider.MEMBERSHIPS;
import static io.pgscim.bench.IdentityProvider.USERS;

import io.pgscim.bench.InitialSync.Stage;
import io.pgscim.endtoend.Cluster;
import io.pgscim.endtoend.Stack;
import java.nio.file.Path;
import java.util.List;

/**
 * An initial synchronisation taken apart. The broker is down while people are pushed, so that the
 * outbox keeps everything; then each part is started when the one before it is done.
 */
final class SyncStages {
  private static final int SECONDS = 6;

  private final Stack stack;
  private final Path program;
  private final SameRows rows;
  private double atWork;
  private double lastGrant;

  SyncStages(Stack stack, Path program) {
    this.stack = stack;
    this.program = program;
    this.rows = new SameRows(stack);
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

  /** How long after the first batch the last membership was there, in seconds. */
  double lastGrant() {
    return lastGrant;
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
    double members = rows.memberships();
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
        rows.identityEventsTaken() + new BareKafka(stack).produceAgain("identity-events"));
  }

  private Stage apply(Progress progress, double roles) throws Exception {
    System.err.println("initial-sync: from Kafka to roles");
    // It is ready only once it has caught up, so its start is not waited for: the first batch is
    // seen, and counts by its share.
    long before = progress.ledger();
    double active = Apply.active(stack);
    Thread starting = Thread.ofVirtual().start(() -> stack.start("role-applier"));
    while (progress.ledger() == before) {
      Thread.sleep(1);
    }
    long began = System.nanoTime();
    long first = progress.ledger() - before;
    long all = stack.topics().written("identity-events") - before;
    progress.awaitLedger();
    progress.awaitMemberships(MEMBERSHIPS);
    lastGrant = InitialSync.since(began);
    progress.awaitOutboxes();
    double took = InitialSync.since(began) * all / (all - first);
    starting.join();
    atWork = (Apply.active(stack) - active) / 1e3;
    double records = rows.ledgerAndOutbox();
    double emptied = rows.roleChangesTaken();
    double consumed = new BareKafka(stack).consume(List.of("identity-events"));
    double produced = new BareKafka(stack).produceAgain("role-changes");
    System.err.printf(
        "initial-sync: psql makes the roles in %.1f s and their records in %.1f s, and reads and deletes those in %.1f s;"
            + " a bare consumer takes %.1f s, a bare producer %.1f s%n",
        roles, records, emptied, consumed, produced);
    return new Stage(
        "Kafka → roles, memberships and their events on Kafka, beside a bare consumer and producer, and psql that makes the"
            + " same roles, ledger rows and outbox rows, and reads and deletes the latter",
        true,
        took,
        roles + records + emptied + consumed + produced);
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
}
