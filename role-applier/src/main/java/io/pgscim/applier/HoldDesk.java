package io.pgscim.applier;

import io.pgscim.applier.apply.Applying;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.guard.Breaker;
import io.pgscim.applier.guard.Budget;
import io.pgscim.applier.guard.Hold;
import io.pgscim.applier.guard.Taking;
import io.pgscim.applier.guard.Withheld;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.reconcile.Attempts;
import io.pgscim.applier.reconcile.Outcome;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.applier.report.Causes;
import io.pgscim.events.Cause;
import io.pgscim.events.HoldDecided;
import io.pgscim.events.PlanHeld;
import io.pgscim.events.SecurityEvent;
import io.pgscim.messaging.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Judges what was withheld, once as a whole: within the policy's limit it is done, above it is
 * held. Carries out what people decide about that. Each is one transaction, and what is done is
 * what is planned in it.
 */
final class HoldDesk {
  private static final Logger LOG = Logger.getLogger(HoldDesk.class);
  private static final String CHANGED = "the plan is another one by now";

  private final Attempts attempts;
  private final Outbox outbox;
  private final Ruling ruling;
  private final People people;
  private final Limits limits;

  /**
   * What a judgement came to.
   *
   * @param held what is held from now on
   */
  private record Judged(Outcome outcome, Optional<Hold> held) {}

  HoldDesk(Attempts attempts, Outbox outbox, Ruling ruling) {
    this.attempts = attempts;
    this.outbox = outbox;
    this.ruling = ruling;
    this.people = new People(outbox, ruling);
    this.limits = ruling.policy().limits();
  }

  /** Judges everything that waits. */
  Outcome judge() {
    Judged judged = attempts.run(this::judge);
    judged
        .held()
        .ifPresent(
            hold ->
                LOG.warnf(
                    "plan held digest=%s people=%d holders=%d limit=%d txn=%s",
                    hold.digest(),
                    hold.people(),
                    hold.holders(),
                    hold.allowed(),
                    hold.cause().txn()));
    return judged.outcome();
  }

  /** Does what is held under this digest, if that is still what would be done. */
  Decision approve(String digest, String by, String reason) {
    return logged(
        "approve",
        by,
        attempts.run(
            (transaction, applying) -> approve(transaction, applying, digest, by, reason)));
  }

  /** Leaves the people of a hold as they are, until something else is wanted of them. */
  Decision reject(String digest, String by, String reason) {
    return logged(
        "reject",
        by,
        attempts.run(
            (transaction, applying) ->
                standing(
                    transaction,
                    digest,
                    hold -> {
                      hold.decide(transaction, Hold.State.REJECTED, by, reason);
                      tell(transaction, hold, HoldDecided.Outcome.REJECTED, by, reason, null);
                      return new Decision.Made(digest, hold.people(), 0);
                    })));
  }

  private Decision approve(
      Transaction transaction, Applying applying, String digest, String by, String reason) {
    return standing(
        transaction,
        digest,
        hold -> {
          Map<String, Withheld> part =
              Withheld.partOf(transaction, hold.id(), "", Integer.MAX_VALUE).stream()
                  .collect(Collectors.toMap(Withheld::userId, Function.identity()));
          Map<String, Taking> takings = people.takings(transaction, part.keySet());
          if (!Taking.digest(takings.values()).equals(digest)) {
            hold.release(transaction);
            Optional<Hold> held = judge(transaction, applying).held();
            return new Decision.Superseded(digest, held.map(Hold::digest));
          }
          hold.decide(transaction, Hold.State.APPROVED, by, reason);
          tell(transaction, hold, HoldDecided.Outcome.APPROVED, by, reason, null);
          Outcome outcome =
              people.reconcile(
                  transaction,
                  part.keySet(),
                  causes(part, hold.cause()),
                  applying,
                  Breaker.permitting(limits, takings, false));
          return new Decision.Made(digest, hold.people(), outcome.changes());
        });
  }

  private static Decision standing(
      Transaction transaction, String digest, Function<Hold, Decision> decide) {
    Optional<Hold> found = Hold.named(transaction, digest);
    if (found.isEmpty()) {
      return new Decision.Unknown(digest);
    }
    return found.get().state() == Hold.State.HELD
        ? decide.apply(found.get())
        : new Decision.Over(found.get());
  }

  private Judged judge(Transaction transaction, Applying applying) {
    String self = ruling.report().reporter();
    List<Hold> loosened = Hold.loosen(transaction, self, CHANGED);
    Map<String, Withheld> waiting = Withheld.waiting(transaction);
    Map<String, Taking> takings = people.takings(transaction, waiting.keySet());
    Withheld.settle(transaction, waiting, takings);
    Judged judged =
        takings.isEmpty()
            ? new Judged(Outcome.NOTHING, Optional.empty())
            : judge(transaction, applying, waiting, takings);
    String successor = judged.held().map(Hold::digest).orElse(null);
    for (Hold hold : loosened) {
      tell(transaction, hold, HoldDecided.Outcome.SUPERSEDED, self, CHANGED, successor);
    }
    return judged;
  }

  private Judged judge(
      Transaction transaction,
      Applying applying,
      Map<String, Withheld> waiting,
      Map<String, Taking> takings) {
    Cause cause = mostOf(waiting.values());
    Budget budget = Budget.of(transaction, limits, takings.keySet());
    if (limits.isNone() || budget.allows(takings.size())) {
      return new Judged(
          people.reconcile(
              transaction,
              takings.keySet(),
              causes(waiting, cause),
              applying,
              Breaker.permitting(limits, takings, true)),
          Optional.empty());
    }
    Hold hold =
        Hold.begin(transaction, Taking.digest(takings.values()), takings.size(), budget, cause);
    add(
        transaction,
        new PlanHeld(
            ruling.report().reporter(),
            ruling.policy().cluster(),
            hold.digest(),
            hold.people(),
            hold.holders(),
            hold.allowed(),
            hold.lost()),
        cause);
    return new Judged(Outcome.NOTHING, Optional.of(hold));
  }

  /** Every change is told with what set it off then, however late it is made. */
  private static Causes causes(Map<String, Withheld> withheld, Cause others) {
    return (subject, access) -> {
      Withheld one = withheld.get(subject.userId());
      return one == null ? others : one.cause();
    };
  }

  private static Cause mostOf(Collection<Withheld> withheld) {
    Map<String, List<Withheld>> byTxn = new java.util.TreeMap<>();
    withheld.forEach(
        one -> byTxn.computeIfAbsent(one.cause().txn(), txn -> new ArrayList<>()).add(one));
    return byTxn.values().stream()
        .max(Comparator.comparingInt(List::size))
        .orElseThrow()
        .getFirst()
        .cause();
  }

  private void tell(
      Transaction transaction,
      Hold hold,
      HoldDecided.Outcome outcome,
      String by,
      String reason,
      String successor) {
    add(
        transaction,
        new HoldDecided(
            ruling.report().reporter(),
            ruling.policy().cluster(),
            hold.digest(),
            outcome,
            hold.people(),
            reason,
            successor),
        new Cause("hold/" + UUID.randomUUID(), by, Instant.now(), null));
  }

  private void add(Transaction transaction, SecurityEvent event, Cause cause) {
    transaction.send(
        outbox.insertSql(), Outbox.parameters(List.of(ruling.report().of(event, cause))));
  }

  private static Decision logged(String what, String by, Decision decision) {
    LOG.infof("%s by=%s outcome=%s", what, by, decision.getClass().getSimpleName());
    return decision;
  }
}
