package io.pgscim.applier;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.guard.Budget;
import io.pgscim.applier.guard.Taking;
import io.pgscim.applier.guard.Withheld;
import io.pgscim.applier.leavers.Prospect;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.privileges.PrivilegeWatch;
import io.pgscim.applier.reconcile.AccessRoles;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.messaging.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The reconciler, as far as the plan, over everything, and what is due for leavers. */
final class DryRun {
  private static final int AT_ONCE = 500;

  private static final String READ_ONLY =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

  /** More would be read by nobody. */
  private static final int MOST = 10_000;

  private final Ruling ruling;
  private final Outbox outbox;
  private final List<PlanView.ChangeView> changes = new ArrayList<>();
  private final List<PlanView.RefusalView> refusals = new ArrayList<>();
  private int changesInAll;
  private int refusalsInAll;
  private boolean complete = true;

  private DryRun(Ruling ruling, Outbox outbox) {
    this.ruling = ruling;
    this.outbox = outbox;
  }

  /** A policy as it would be if it were in force. */
  static Ruling under(Policy policy, Ruling inForce, Outbox outbox, Session home) {
    try (Transaction transaction = home.begin()) {
      transaction.send(READ_ONLY);
      Set<String> usable =
          new AccessRoles(outbox, policy, inForce.memberships()).usable(transaction);
      return Ruling.of(policy, usable, inForce.memberships());
    }
  }

  /** What would be done now. */
  static PlanView of(
      Ruling ruling, Outbox outbox, Session home, Function<String, Session> database) {
    var run = new DryRun(ruling, outbox);
    PlanView.Breaker breaker = run.roles(home);
    PrivilegeWatch.look(ruling, home, database, outbox)
        .values()
        .forEach(plan -> run.add(plan, List.of(), Map.of()));
    Prospect leavers = Prospect.of(home, ruling.policy().loginRoles().leaver());
    run.add(leavers.changes(), leavers.refusals(), Map.of());
    run.complete &= leavers.complete();
    return new PlanView(
        ruling.policy().cluster(), run.complete, breaker, run.changes, run.refusals);
  }

  private PlanView.Breaker roles(Session home) {
    try (Transaction transaction = home.begin()) {
      transaction.send(READ_ONLY);
      add(new AccessRoles(outbox, ruling.policy(), ruling.memberships()).look(transaction));
      var people = new People(outbox, ruling);
      List<String> losing = new ArrayList<>();
      List<String> users = Ledger.usersAfter(transaction, "", AT_ONCE);
      while (!users.isEmpty()) {
        Map<String, Withheld> withheld =
            Withheld.read(transaction.await(Withheld.ask(transaction, users)));
        Plan plan = people.look(transaction, users).plan();
        Taking.of(plan).values().stream()
            .filter(taking -> !taking.isDecided(withheld.get(taking.userId())))
            .forEach(taking -> losing.add(taking.userId()));
        add(plan.changes(), plan.refusals(), withheld);
        users = Ledger.usersAfter(transaction, users.getLast(), AT_ONCE);
      }
      return PlanView.Breaker.of(
          losing.size(), Budget.of(transaction, ruling.policy().limits(), losing));
    }
  }

  private void add(Plan plan) {
    add(plan.changes(), plan.refusals(), Map.of());
  }

  private void add(
      List<? extends Change> more, List<Refusal> refused, Map<String, Withheld> withheld) {
    more.stream()
        .limit(Math.max(0, MOST - changes.size()))
        .forEach(
            change -> {
              String user = change.subject().userId();
              changes.add(PlanView.ChangeView.of(change, user == null ? null : withheld.get(user)));
            });
    refused.stream()
        .limit(Math.max(0, MOST - refusals.size()))
        .forEach(refusal -> refusals.add(PlanView.RefusalView.of(refusal)));
    changesInAll += more.size();
    refusalsInAll += refused.size();
    complete = changesInAll <= MOST && refusalsInAll <= MOST;
  }
}
