package io.pgscim.applier;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.consume.BatchReader.Raw;
import io.pgscim.applier.consume.IdentityRecords;
import io.pgscim.applier.leavers.LeaverWatch;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.plan.Memberships;
import io.pgscim.applier.policy.PolicyReading;
import io.pgscim.applier.privileges.PrivilegeWatch;
import io.pgscim.applier.reconcile.Attempts;
import io.pgscim.applier.reconcile.Outcome;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.applier.report.Causes;
import io.pgscim.applier.report.Refusals;
import io.pgscim.applier.sessions.Reader;
import io.pgscim.applier.sessions.SessionWatch;
import io.pgscim.events.Cause;
import io.pgscim.events.Topic;
import io.pgscim.messaging.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A time as the writer of a cluster, on the connection that holds the writer lock: it ends with
 * that connection. One thread does everything that changes roles: events first, then whoever a new
 * policy or the begin of the term concerns.
 */
final class Term implements AutoCloseable {
  private static final String TOPIC = Topic.IDENTITY_EVENTS.topicName;
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration CLOCK = Duration.ofMillis(500);

  /** What a term works with that outlives it. */
  record Surroundings(
      Map<String, Object> kafka,
      Outbox outbox,
      Supplier<PolicyReading> policy,
      Supplier<Session> home,
      java.util.function.Function<String, Session> database,
      List<Reader> readers,
      Runnable recorded,
      Consumer<Standing> standing) {}

  private final Surroundings around;
  private final Session session;
  private final Attempts attempts;
  private final PolicyDesk desk;
  private final PrivilegeWatch privileges;
  private volatile Ruling ruling;
  private final LeaverWatch leavers;
  private SessionWatch sessions;
  private IdentityRecords records;
  private Sweep sweep;
  private String policySeen = "";
  private Instant windowsSeen = Instant.now();

  /**
   * @param session holds the writer lock
   */
  Term(Surroundings around, Session session, Memberships memberships) {
    this.around = around;
    this.session = session;
    this.attempts = new Attempts(session);
    this.desk = new PolicyDesk(session, around.outbox(), memberships);
    this.privileges =
        new PrivilegeWatch(around.home(), around.database(), around.outbox(), around.recorded());
    this.leavers =
        new LeaverWatch(around.home(), around.database(), around.outbox(), around.recorded());
  }

  /** The policy in force; empty when there is none yet. */
  Optional<Ruling> ruling() {
    return Optional.ofNullable(ruling);
  }

  /** Does what there is to do, and returns soon when there is nothing. */
  void work() throws InterruptedException {
    checkPolicy();
    if (ruling == null) {
      Thread.sleep(IDLE);
      return;
    }
    boolean sweeping = sweep != null && !sweep.done();
    List<Raw> arrived = records.poll(sweeping ? Duration.ZERO : IDLE);
    if (!arrived.isEmpty()) {
      settle(new Intake(attempts, around.outbox(), ruling, TOPIC).take(arrived));
      records.committed(nextOffsets(arrived));
    }
    if (sweeping) {
      settle(sweep.step());
    }
    checkWindows();
    checkFreedNames();
    stand();
  }

  private void checkPolicy() {
    PolicyReading reading = around.policy().get();
    if (reading.digest().equals(policySeen)) {
      return;
    }
    boolean first = ruling == null;
    Cause cause = cause(first ? "start" : "policy");
    Optional<Ruling> enforced = desk.enforce(reading, first, cause);
    policySeen = reading.digest();
    around.recorded().run();
    if (enforced.isEmpty()) {
      if (first && reading instanceof PolicyReading.Invalid invalid) {
        around.standing().accept(new Standing(Standing.State.NO_POLICY, invalid.problems()));
      }
      return;
    }
    ruling = enforced.get();
    if (sessions == null) {
      begin();
    }
    sessions.wake();
    privileges.request(ruling, cause);
    leavers.request(ruling);
    sweep = new Sweep(attempts, new People(around.outbox(), ruling), cause);
  }

  private void begin() {
    sessions =
        new SessionWatch(
            around.home(), around.readers(), around.outbox(), ruling.report(), around.recorded());
    records =
        new IdentityRecords(
            around.kafka(),
            "role-applier-" + ruling.policy().cluster(),
            TOPIC,
            Ledger.positions(session, TOPIC));
  }

  /** A membership that begins or ends by the clock concerns its user like an event. */
  private void checkWindows() {
    Instant now = Instant.now();
    if (now.isBefore(windowsSeen.plus(CLOCK))) {
      return;
    }
    List<String> users = Ledger.windowsCrossed(session, windowsSeen, now);
    windowsSeen = now;
    if (!users.isEmpty()) {
      Causes causes = Causes.always(cause("window"));
      settle(
          attempts.run(
              (transaction, applying) ->
                  new People(around.outbox(), ruling)
                      .reconcile(transaction, users, causes, applying)));
    }
  }

  /** The name of a dropped role may be the one that somebody waits for. */
  private void checkFreedNames() {
    Set<String> names = leavers.freed();
    if (!names.isEmpty()) {
      Causes causes = Causes.always(cause("freed-name"));
      settle(
          attempts.run(
              (transaction, applying) ->
                  new People(around.outbox(), ruling)
                      .reconcile(
                          transaction, Refusals.waitingFor(transaction, names), causes, applying)));
    }
  }

  /** After a commit: others have to know. */
  private void settle(Outcome outcome) {
    if (outcome.isReported()) {
      around.recorded().run();
    }
    if (outcome.revocations()) {
      sessions.wake();
    }
  }

  private void stand() {
    boolean ready = sweep.done() && records.caughtUp() && privileges.settled();
    List<String> details =
        new java.util.ArrayList<>(
            privileges.problems().entrySet().stream()
                .map(problem -> "database " + problem.getKey() + ": " + problem.getValue())
                .toList());
    sessions.problems().forEach((place, problem) -> details.add(place + ": " + problem));
    if (!sweep.done()) {
      details.add("going through everybody");
    }
    if (!records.caughtUp()) {
      details.add("reading what has happened so far");
    }
    around
        .standing()
        .accept(new Standing(ready ? Standing.State.WRITING : Standing.State.CATCHING_UP, details));
  }

  private static Cause cause(String asker) {
    return new Cause(asker + "/" + UUID.randomUUID(), asker, Instant.now(), null);
  }

  private static Map<Integer, Long> nextOffsets(List<Raw> records) {
    Map<Integer, Long> next = new HashMap<>();
    records.forEach(raw -> next.merge(raw.partition(), raw.offset() + 1, Math::max));
    return next;
  }

  @Override
  public void close() {
    privileges.close();
    leavers.close();
    if (sessions != null) {
      sessions.close();
    }
    if (records != null) {
      records.close();
    }
  }
}
