package io.pgscim.applier;

import io.pgscim.applier.guard.Breaker;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.reconcile.Attempts;
import io.pgscim.applier.reconcile.Outcome;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.report.Causes;
import io.pgscim.events.Cause;
import java.util.List;
import org.jboss.logging.Logger;

/** Reconciles everybody, some at a time, so that events need not wait for the end of it. */
final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);
  private static final int AT_ONCE = 500;

  /** One step: what it did, and the last user it looked at; null when there was none left. */
  private record Step(Outcome outcome, String last) {}

  private final Attempts attempts;
  private final People people;
  private final Breaker breaker;
  private final Cause cause;
  private String after = "";
  private Outcome total = Outcome.NOTHING;
  private boolean done;

  Sweep(Attempts attempts, People people, Breaker breaker, Cause cause) {
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
              List<String> users = Ledger.usersAfter(transaction, after, AT_ONCE);
              return users.isEmpty()
                  ? new Step(Outcome.NOTHING, null)
                  : new Step(
                      people.reconcile(transaction, users, Causes.always(cause), applying, breaker),
                      users.getLast());
            });
    total = total.and(step.outcome());
    if (step.last() == null) {
      done = true;
      LOG.infof(
          "everybody reconciled txn=%s changes=%d refusals=%d",
          cause.txn(), total.changes(), total.refusals());
    } else {
      after = step.last();
    }
    return step.outcome();
  }
}
