package io.pgscim.applier.plan;

import io.pgscim.applier.current.CurrentAccess;
import io.pgscim.applier.plan.RoleChange.Adopt;
import io.pgscim.applier.plan.RoleChange.CreateAccess;
import io.pgscim.applier.plan.RoleChange.DisableLogin;
import io.pgscim.applier.plan.RoleChange.LetHandOut;
import io.pgscim.applier.plan.RoleChange.Rename;
import io.pgscim.applier.plan.RoleChange.TakeAttribute;
import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.MembershipOptions;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.RoleNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the policy's access roles with the roles of those names. A managed one that the policy
 * no longer names stays, as a member of nothing; its privileges and members are taken elsewhere.
 */
public final class AccessPlanner {
  private AccessPlanner() {}

  /**
   * What has to change.
   *
   * @param current the roles that have the name of an access role, or once were one, by name
   */
  public static Plan plan(
      Memberships memberships, Policy policy, Map<String, CurrentAccess> current) {
    List<RoleChange> changes = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    Set<String> usable = usable(policy, current);
    for (AccessRole wanted : policy.accessRoles().values()) {
      Subject subject = Subject.access(wanted.name());
      CurrentAccess role = current.get(wanted.name());
      Map<String, MembershipOptions> parents = new TreeMap<>();
      for (String parent : wanted.memberOf()) {
        if (usable.contains(parent) || RoleNames.predefined(parent)) {
          parents.put(parent, wanted.with());
        }
      }
      if (role == null) {
        changes.add(
            new CreateAccess(subject, wanted.name(), memberships.granter(), memberships.dialect()));
        changes.addAll(
            memberships.between(subject, parents, wanted.name(), wanted.name(), List.of()));
      } else if (role.managed()) {
        changes.addAll(keep(memberships, subject, wanted.name(), role, parents));
      } else if (canBeAdopted(wanted, role)) {
        changes.add(new Adopt(subject, wanted.name()));
        changes.addAll(keep(memberships, subject, wanted.name(), role, parents));
      } else {
        refusals.add(
            wanted.adopted()
                ? Refusal.of(
                    subject,
                    wanted.name(),
                    "adopt role " + wanted.name(),
                    role.obstacle().orElseThrow())
                : unmanaged(subject, wanted.name()));
      }
    }
    for (CurrentAccess role : current.values()) {
      if (role.managed() && !policy.accessRoles().containsKey(role.name())) {
        changes.addAll(
            memberships.between(
                Subject.access(role.name()),
                Map.of(),
                role.name(),
                role.name(),
                role.memberships()));
      }
    }
    return new Plan(changes, refusals);
  }

  /** The policy's access roles that are pgscim's own, or will be once the plan is done. */
  public static Set<String> usable(Policy policy, Map<String, CurrentAccess> current) {
    Set<String> usable = new TreeSet<>(policy.accessRoles().keySet());
    usable.removeIf(
        name ->
            current.containsKey(name)
                && !current.get(name).managed()
                && !canBeAdopted(policy.accessRoles().get(name), current.get(name)));
    return usable;
  }

  private static boolean canBeAdopted(AccessRole wanted, CurrentAccess role) {
    return wanted.adopted() && role.obstacle().isEmpty();
  }

  private static List<RoleChange> keep(
      Memberships memberships,
      Subject subject,
      String name,
      CurrentAccess role,
      Map<String, MembershipOptions> parents) {
    List<RoleChange> changes = new ArrayList<>();
    if (role.canLogin()) {
      changes.add(new DisableLogin(subject, role.name()));
    }
    role.attributes()
        .forEach(attribute -> changes.add(new TakeAttribute(subject, role.name(), attribute)));
    if (!role.name().equals(name)) {
      changes.add(new Rename(subject, role.name(), name));
    }
    if (!role.grantable()) {
      changes.add(new LetHandOut(subject, name, memberships.granter(), memberships.dialect()));
    }
    changes.addAll(memberships.between(subject, parents, role.name(), name, role.memberships()));
    return changes;
  }

  private static Refusal unmanaged(Subject subject, String name) {
    return Refusal.of(
        subject,
        name,
        "create access role " + name,
        "a role of this name exists and pgscim did not create it, so pgscim neither changes it nor"
            + " makes anybody a member; give the access role another name in the policy, or say"
            + " adopt: true");
  }
}
