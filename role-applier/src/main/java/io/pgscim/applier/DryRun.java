package io.pgscim.applier;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.privileges.PrivilegeWatch;
import io.pgscim.applier.reconcile.AccessRoles;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.messaging.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The reconciler, as far as the plan, over everything. */
final class DryRun {
  private static final int AT_ONCE = 500;

  /** More would be read by nobody. */
  private static final int MOST = 10_000;

  private final Ruling ruling;
  private final Outbox outbox;
  private final List<PlanView.ChangeView> changes = new ArrayList<>();
  private final List<PlanView.RefusalView> refusals = new ArrayList<>();

  private DryRun(Ruling ruling, Outbox outbox) {
    this.ruling = ruling;
    this.outbox = outbox;
  }

  /** What would be done now. */
  static PlanView of(
      Ruling ruling, Outbox outbox, Session home, Function<String, Session> database) {
    var run = new DryRun(ruling, outbox);
    boolean complete = run.roles(home);
    PrivilegeWatch.look(ruling, home, database, outbox)
        .values()
        .forEach(plan -> plan.forEach(change -> run.changes.add(PlanView.ChangeView.of(change))));
    return new PlanView(ruling.policy().cluster(), complete, run.changes, run.refusals);
  }

  private boolean roles(Session home) {
    try (Transaction transaction = home.begin()) {
      transaction.send("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      add(new AccessRoles(outbox, ruling.policy(), ruling.memberships()).look(transaction));
      var people = new People(outbox, ruling);
      List<String> users = Ledger.usersAfter(transaction, "", AT_ONCE);
      while (!users.isEmpty() && changes.size() < MOST) {
        add(people.look(transaction, users).plan());
        users = Ledger.usersAfter(transaction, users.getLast(), AT_ONCE);
      }
      return users.isEmpty();
    }
  }

  private void add(Plan plan) {
    plan.changes().forEach(change -> changes.add(PlanView.ChangeView.of(change)));
    plan.refusals().forEach(refusal -> refusals.add(PlanView.RefusalView.of(refusal)));
  }
}
