package io.pgscim.applier.reconcile;

import io.pgscim.applier.plan.Memberships;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.report.Report;
import io.pgscim.applier.wanted.WantedAccess;
import java.util.Objects;
import java.util.Set;

/**
 * A policy in force on a cluster.
 *
 * @param usable the access roles that exist and are pgscim's own
 */
public record Ruling(
    Policy policy,
    Set<String> usable,
    WantedAccess wanted,
    Memberships memberships,
    Report report) {

  public Ruling {
    Objects.requireNonNull(policy, "policy");
    usable = Set.copyOf(usable);
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(memberships, "memberships");
    Objects.requireNonNull(report, "report");
  }

  /** The policy with the access roles that can be given. */
  public static Ruling of(Policy policy, Set<String> usable, Memberships memberships) {
    return new Ruling(
        policy,
        usable,
        new WantedAccess(policy, usable),
        memberships,
        new Report(policy.cluster()));
  }
}
