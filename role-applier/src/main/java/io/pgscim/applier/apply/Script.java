package io.pgscim.applier.apply;

import io.pgscim.applier.plan.Phase;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.RoleChange.GrantMembership;
import io.pgscim.applier.plan.RoleChange.RevokeMembership;
import io.pgscim.applier.policy.MembershipOptions;
import io.pgscim.applier.sql.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Changes as one text of statements, for one round trip.
 *
 * <p>Memberships are given and taken as the granter, which holds the right to nothing but the
 * access roles: PostgreSQL goes through every role that the current one administers, and the login
 * administers one for each person. Those of one access role share statements, because ending a
 * membership also goes through all members of the role.
 */
final class Script {
  /** Keeps a statement's parse tree small. */
  private static final int MEMBERS = 500;

  /** What can be given to several in one statement. */
  private record Membership(String access, MembershipOptions with) {}

  private final StringBuilder text = new StringBuilder();

  private Script() {}

  /** In the order of the phases, the login's statements of each before the granter's. */
  static String of(List<RoleChange> changes) {
    var script = new Script();
    for (Phase phase : Phase.values()) {
      List<RoleChange> ofPhase = changes.stream().filter(c -> c.phase() == phase).toList();
      ofPhase.stream().filter(c -> !c.asGranter()).forEach(c -> script.add(c.sql()));
      script.addAsGranter(ofPhase.stream().filter(RoleChange::asGranter).toList());
    }
    return script.text.toString();
  }

  private void addAsGranter(List<RoleChange> changes) {
    Map<String, List<String>> revokes = new LinkedHashMap<>();
    Map<Membership, List<String>> grants = new LinkedHashMap<>();
    String granter = null;
    for (RoleChange change : changes) {
      switch (change) {
        case RevokeMembership revoke -> {
          granter = revoke.grantor();
          members(revokes, revoke.access()).add(revoke.role());
        }
        case GrantMembership grant -> {
          granter = grant.granter();
          members(grants, new Membership(grant.access(), grant.with())).add(grant.role());
        }
        default -> throw new IllegalStateException("the granter handles memberships only");
      }
    }
    if (granter != null) {
      String name = granter;
      add("SET LOCAL ROLE " + Identifier.quoted(name));
      inParts(revokes, (access, roles) -> RevokeMembership.sql(access, roles, name));
      inParts(grants, (of, roles) -> GrantMembership.sql(of.access(), of.with(), roles, name));
      add("SET LOCAL ROLE NONE");
    }
  }

  private static <K> List<String> members(Map<K, List<String>> byAccess, K access) {
    return byAccess.computeIfAbsent(access, a -> new ArrayList<>());
  }

  private <K> void inParts(
      Map<K, List<String>> byAccess, BiFunction<K, List<String>, String> statement) {
    byAccess.forEach(
        (access, roles) -> {
          for (int from = 0; from < roles.size(); from += MEMBERS) {
            add(
                statement.apply(
                    access, roles.subList(from, Math.min(from + MEMBERS, roles.size()))));
          }
        });
  }

  private void add(String statement) {
    text.append(statement).append(";\n");
  }
}
