package io.pgscim.applier.reconcile;

import io.pgscim.applier.apply.Applied;
import io.pgscim.applier.apply.Applying;
import io.pgscim.applier.apply.ManagedRoles;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.current.Catalog;
import io.pgscim.applier.current.CurrentAccess;
import io.pgscim.applier.guard.Taking;
import io.pgscim.applier.plan.AccessPlanner;
import io.pgscim.applier.plan.Memberships;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.RoleNames;
import io.pgscim.applier.report.Refusals;
import io.pgscim.applier.report.Report;
import io.pgscim.applier.sessions.Revocation;
import io.pgscim.applier.sessions.Revocations;
import io.pgscim.events.Cause;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reconciles the access roles themselves; what they may do in databases is done elsewhere. */
public final class AccessRoles {
  private final Outbox outbox;
  private final Policy policy;
  private final Memberships memberships;
  private final Report report;

  public AccessRoles(Outbox outbox, Policy policy, Memberships memberships) {
    this.outbox = outbox;
    this.policy = policy;
    this.memberships = memberships;
    this.report = new Report(policy.cluster());
  }

  /** What would be done now. Reads only. */
  public Plan look(Transaction transaction) {
    return AccessPlanner.plan(memberships, policy, current(transaction));
  }

  /** The access roles that can be given now. Reads only. */
  public Set<String> usable(Transaction transaction) {
    return AccessPlanner.usable(policy, current(transaction));
  }

  /**
   * Makes the access roles what they should be; true once the transaction commits.
   *
   * @param taking whether they may also lose memberships in one another, and with them everybody
   *     who has them
   * @return the policy with those that can be given then
   */
  public Ruling reconcile(Transaction transaction, Cause cause, Applying applying, boolean taking) {
    Map<String, CurrentAccess> current = current(transaction);
    Plan whole = AccessPlanner.plan(memberships, policy, current);
    Plan plan = taking ? whole : giving(whole);
    noteSessions(transaction, plan, cause);
    Applied<RoleChange> applied = applying.apply(transaction, plan.changes(), memberships.hands());
    ManagedRoles.note(transaction, applied, Map.of());
    noteStates(transaction, current);
    report(transaction, current, plan, applied, cause);
    return Ruling.of(policy, usable(current, applied), memberships);
  }

  private static Plan giving(Plan plan) {
    return new Plan(
        plan.changes().stream().filter(change -> !Taking.takes(change)).toList(), plan.refusals());
  }

  private Map<String, CurrentAccess> current(Transaction transaction) {
    return Catalog.access(transaction, policy.accessRoles().keySet(), memberships.granter());
  }

  /**
   * An access role that loses another loses it for its members, whose sessions may have taken it
   * on.
   */
  private static void noteSessions(Transaction transaction, Plan plan, Cause cause) {
    List<Revocation> revocations = new ArrayList<>();
    for (RoleChange change : plan.changes()) {
      if (change instanceof RoleChange.RevokeMembership revoke && revoke.endsAccess()) {
        for (String user : Revocations.membersThrough(transaction, revoke.role())) {
          revocations.add(new Revocation(user, false, List.of(), change.description(), cause));
        }
      }
    }
    Revocations.note(transaction, revocations);
  }

  private void noteStates(Transaction transaction, Map<String, CurrentAccess> current) {
    Map<Subject, ManagedRoles.Note> changed = new LinkedHashMap<>();
    current.forEach(
        (name, role) -> {
          boolean retired = !policy.accessRoles().containsKey(name);
          if (role.managed() && retired != role.retired()) {
            changed.put(
                Subject.access(name), new ManagedRoles.Note(retired ? "retired" : "active", null));
          }
        });
    ManagedRoles.change(transaction, changed);
  }

  private void report(
      Transaction transaction,
      Map<String, CurrentAccess> current,
      Plan plan,
      Applied<RoleChange> applied,
      Cause cause) {
    Map<Subject, Set<String>> before = new LinkedHashMap<>();
    policy.accessRoles().keySet().forEach(name -> before.put(Subject.access(name), Set.of()));
    current.forEach((name, role) -> before.put(Subject.access(name), role.refusals()));
    List<Refusal> refused =
        Refusals.note(
            transaction,
            before,
            Stream.concat(plan.refusals().stream(), applied.refused().stream().map(this::explained))
                .toList());
    List<OutgoingRecord> records = new ArrayList<>();
    applied.done().forEach(change -> records.add(report.done(change, cause)));
    refused.forEach(refusal -> records.add(report.refused(refusal, cause)));
    if (!records.isEmpty()) {
      transaction.send(outbox.insertSql(), Outbox.parameters(records));
    }
  }

  /** Roles that PostgreSQL defines are nobody's to hand out until somebody says so. */
  private Refusal explained(Refusal refusal) {
    AccessRole role = policy.accessRoles().get(refusal.role());
    if (role == null || !"42501".equals(refusal.sqlState())) {
      return refusal;
    }
    return role.memberOf().stream()
        .filter(RoleNames::predefined)
        .filter(parent -> refusal.description().contains(" a member of " + parent))
        .findFirst()
        .map(
            parent ->
                new Refusal(
                    refusal.subject(),
                    refusal.role(),
                    refusal.description(),
                    refusal.reason()
                        + "; have a superuser run GRANT "
                        + parent
                        + " TO "
                        + memberships.granter()
                        + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
                    refusal.sqlState()))
        .orElse(refusal);
  }

  private Set<String> usable(Map<String, CurrentAccess> current, Applied<RoleChange> applied) {
    Set<String> usable = new TreeSet<>(AccessPlanner.usable(policy, current));
    Set<String> adopted = new TreeSet<>();
    for (RoleChange change : applied.done()) {
      if (change instanceof RoleChange.Adopt adopt) {
        adopted.add(adopt.role());
      }
    }
    for (Refusal refusal : applied.refused()) {
      CurrentAccess role = current.get(refusal.role());
      if (role == null || (!role.managed() && !adopted.contains(refusal.role()))) {
        usable.remove(refusal.role()); // It could not be created or adopted.
      }
    }
    return usable;
  }
}
