package io.pgscim.applier;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.consume.Arrival;
import io.pgscim.applier.consume.BatchReader;
import io.pgscim.applier.consume.IdentityRecords;
import io.pgscim.applier.drift.DriftWatch;
import io.pgscim.applier.guard.Breaker;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A time as the writer of a cluster, on the connection that holds the writer lock: it ends with
 * that connection. One thread does everything that changes roles: events first, then whoever a new
 * policy or the begin of the term concerns.
 */
final class Term implements AutoCloseable {
  private static final String TOPIC = Topic.IDENTITY_EVENTS.topicName;
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration CLOCK = Duration.ofMillis(100);
  private static final Duration FOLLOWING = Duration.ofMillis(50);
  private static final int MOST_FOLLOWING = 10_000;
  private static final int DUE_AT_ONCE = 500;

  /** What a term works with that outlives it. */
  record Surroundings(
      Map<String, Object> kafka,
      Outbox outbox,
      Supplier<PolicyReading> policy,
      Supplier<Session> home,
      Function<String, Session> database,
      List<Reader> readers,
      Runnable recorded,
      Consumer<Standing> standing,
      TurnedAway turnedAway,
      boolean observe,
      Duration driftEvery) {}

  private final Surroundings around;
  private final Session session;
  private final Attempts attempts;
  private final PolicyDesk desk;
  private final PrivilegeWatch privileges;
  private volatile Ruling ruling;
  private final LeaverWatch leavers;
  private final DriftWatch drift;
  private SessionWatch sessions;
  private IdentityRecords records;
  private Sweep sweep;
  private Cause healing;
  private final Judging judging;
  private String policySeen = "";
  private Instant clockSeen = Instant.EPOCH;

  /**
   * @param session holds the writer lock
   */
  Term(Surroundings around, Session session, Memberships memberships) {
    this.around = around;
    this.session = session;
    this.attempts = new Attempts(session);
    this.desk = new PolicyDesk(session, around.outbox(), memberships, around.observe());
    this.judging = new Judging(session, around.recorded());
    this.privileges =
        new PrivilegeWatch(around.home(), around.database(), around.outbox(), around.recorded());
    this.leavers =
        new LeaverWatch(around.home(), around.database(), around.outbox(), around.recorded());
    this.drift =
        new DriftWatch(
            around.home(),
            around.database(),
            around.outbox(),
            around.recorded(),
            around.driftEvery());
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
    boolean sweeping = !observing() && !sweep.done();
    Arrival arrived = records.poll(sweeping ? Duration.ZERO : IDLE);
    if (!arrived.isEmpty()) {
      take(withWhatFollows(arrived));
    }
    if (!observing()) {
      if (sweeping) {
        settle(sweep.step());
      }
      checkAgenda();
      settle(judging.look(!sweep.done() || !records.caughtUp()));
    }
    if (around.turnedAway().tell(session, around.outbox(), ruling.report())) {
      around.recorded().run();
    }
    if (!observing()) {
      checkFreedNames();
    }
    checkDrift();
    stand();
  }

  /** Approves or rejects a hold; the answer comes from the thread that changes roles. */
  CompletableFuture<Decision> decide(Function<HoldDesk, Decision> decision) {
    return judging.ask(decision);
  }

  /**
   * Has the cluster compared with its policy.
   *
   * @return the cause by which the report will be known; empty while that is being done already
   */
  Optional<Cause> compare(String by, boolean heal) {
    Cause cause = DriftWatch.cause(by);
    return drift.request(cause, heal) ? Optional.of(cause) : Optional.empty();
  }

  private void take(Arrival arrived) {
    settle(new Intake(attempts, around.outbox(), ruling, observing(), TOPIC).take(arrived));
    records.committed(arrived.batch().positions());
  }

  /**
   * Of a request that takes many out of a group the first records can come alone. How many it takes
   * has to be known before the first of them is done.
   */
  private Arrival withWhatFollows(Arrival arrived) throws InterruptedException {
    if (ruling.policy().limits().isNone() || !arrived.batch().endsMemberships()) {
      return arrived;
    }
    List<Arrival> all = new ArrayList<>(List.of(arrived));
    int size = arrived.records().size();
    Arrival more = records.poll(FOLLOWING);
    while (!more.isEmpty()) {
      all.add(more);
      size += more.records().size();
      if (size >= MOST_FOLLOWING) {
        break;
      }
      more = records.poll(FOLLOWING);
    }
    return BatchReader.together(TOPIC, all);
  }

  /** Whether roles stay as they are. */
  boolean observing() {
    return desk.observes(ruling.policy());
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
    reconcile(cause, Sweep.Users.ALL);
  }

  /** Access roles are as the policy says; the people and the privileges follow. */
  private void reconcile(Cause cause, Sweep.Users users) {
    var people = new People(around.outbox(), ruling);
    sweep = new Sweep(attempts, people, Breaker.forSteps(ruling.policy().limits()), cause, users);
    if (observing()) {
      privileges.forget();
      leavers.forget();
      return;
    }
    boolean unlimited = ruling.policy().limits().isNone();
    privileges.request(ruling, cause, unlimited);
    leavers.request(ruling);
    judging.begin(
        new HoldDesk(attempts, around.outbox(), ruling),
        unlimited ? Optional.empty() : Optional.of(() -> takeFromAccessRoles(ruling, cause)));
  }

  /** The policy takes something from nobody, or what it takes is taken: the rest of it follows. */
  private void takeFromAccessRoles(Ruling judged, Cause cause) {
    desk.finish(judged.policy(), cause);
    privileges.request(judged, cause, true);
    sessions.wake();
    around.recorded().run();
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

  /** Somebody for whom the clock alone changes something is looked at like after an event. */
  private void checkAgenda() {
    Instant now = Instant.now();
    if (now.isBefore(clockSeen.plus(CLOCK))) {
      return;
    }
    clockSeen = now;
    if (Ledger.isDue(session, now)) {
      Causes causes = Causes.always(cause("window"));
      settle(
          attempts.run(
              (transaction, applying) ->
                  new People(around.outbox(), ruling)
                      .reconcile(
                          transaction,
                          Ledger.takeDue(transaction, now, DUE_AT_ONCE),
                          causes,
                          applying,
                          Breaker.forTheClock(ruling.policy().limits()))));
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
                          transaction,
                          Refusals.waitingFor(transaction, names),
                          causes,
                          applying,
                          Breaker.forEvents(ruling.policy().limits()))));
    }
  }

  /** What is healed is reconciled like under a new policy, and looked at again when it is done. */
  private void checkDrift() {
    boolean settled =
        observing()
            || (sweep.done() && records.caughtUp() && judging.settled() && privileges.settled());
    if (settled && healing != null) {
      drift.request(healing, false);
      healing = null;
    }
    drift.under(settled ? Optional.of(ruling) : Optional.empty());
    Optional<DriftWatch.Healing> found = drift.toHeal();
    if (found.isPresent() && settled && !observing()) {
      healing = found.get().cause();
      ruling = desk.again(ruling.policy(), healing);
      around.recorded().run();
      sessions.wake();
      reconcile(healing, Sweep.Users.of(found.get().people()));
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
    if (outcome.waiting()) {
      judging.waits();
    }
  }

  private void stand() {
    if (observing()) {
      around.standing().accept(Standing.of(Standing.State.OBSERVING, "no role is changed"));
      return;
    }
    boolean reconciled = sweep.done() && judging.settled() && privileges.settled();
    boolean ready = records.caughtUp() && (reconciled || healing != null);
    List<String> details =
        new ArrayList<>(
            privileges.problems().entrySet().stream()
                .map(problem -> "database " + problem.getKey() + ": " + problem.getValue())
                .toList());
    details.addAll(judging.standing());
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

  @Override
  public void close() {
    judging.close();
    privileges.close();
    leavers.close();
    drift.close();
    if (sessions != null) {
      sessions.close();
    }
    if (records != null) {
      records.close();
    }
  }
}
