package io.pgscim.applier;

import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.guard.Breaker;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.reconcile.Attempts;
import io.pgscim.applier.reconcile.Outcome;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.report.Causes;
import io.pgscim.events.Cause;
import java.util.List;
import org.jboss.logging.Logger;

/** Reconciles many, some at a time, so that events need not wait for the end of it. */
final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);
  private static final int AT_ONCE = 500;

  /** Whom it is about. */
  interface Users {
    /** Everybody. */
    Users ALL = Ledger::usersAfter;

    /** The first of them after one, in order. */
    List<String> after(Transaction transaction, String user, int most);

    /**
     * These alone.
     *
     * @param some in order
     */
    static Users of(List<String> some) {
      return (transaction, user, most) ->
          some.stream().dropWhile(one -> one.compareTo(user) <= 0).limit(most).toList();
    }
  }

  /** One step: what it did, and the last user it looked at; null when there was none left. */
  private record Step(Outcome outcome, String last) {}

  private final Attempts attempts;
  private final People people;
  private final Breaker breaker;
  private final Cause cause;
  private final Users users;
  private String after = "";
  private Outcome total = Outcome.NOTHING;
  private boolean done;

  Sweep(Attempts attempts, People people, Breaker breaker, Cause cause, Users users) {
    this.users = users;
    this.attempts = attempts;
    this.people = people;
    this.breaker = breaker;
    this.cause = cause;
  }

  boolean done() {
    return done;
  }

  /** Reconciles the next users. */
  Outcome step() {
    Step step =
        attempts.run(
            (transaction, applying) -> {
              List<String> some = users.after(transaction, after, AT_ONCE);
              return some.isEmpty()
                  ? new Step(Outcome.NOTHING, null)
                  : new Step(
                      people.reconcile(transaction, some, Causes.always(cause), applying, breaker),
                      some.getLast());
            });
    total = total.and(step.outcome());
    if (step.last() == null) {
      done = true;
      LOG.infof(
          "all reconciled txn=%s changes=%d refusals=%d",
          cause.txn(), total.changes(), total.refusals());
    } else {
      after = step.last();
    }
    return step.outcome();
  }
}
