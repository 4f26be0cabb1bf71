package io.pgscim.applier.apply;

import io.pgscim.applier.plan.Hands;
import io.pgscim.applier.plan.Phase;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.RoleChange.CreateLogin;
import io.pgscim.applier.plan.RoleChange.DisableLogin;
import io.pgscim.applier.plan.RoleChange.EnableLogin;
import io.pgscim.applier.plan.RoleChange.GrantMembership;
import io.pgscim.applier.plan.RoleChange.RevokeMembership;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.applier.sql.Literal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

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

  private final Hands hands;
  private final StringBuilder text = new StringBuilder();

  private Script(Hands hands) {
    this.hands = hands;
  }

  /** In the order of the phases, the login's statements of each before the granter's. */
  static String of(List<RoleChange> changes, Hands hands) {
    var script = new Script(hands);
    for (Phase phase : Phase.values()) {
      List<RoleChange> ofPhase = changes.stream().filter(c -> c.phase() == phase).toList();
      script.addAsLogin(ofPhase.stream().filter(c -> !c.asGranter()).toList());
      script.addAsGranter(ofPhase.stream().filter(RoleChange::asGranter).toList());
    }
    return script.text.toString();
  }

  private void addAsLogin(List<RoleChange> changes) {
    if (hands == Hands.STATEMENTS) {
      changes.forEach(change -> add(change.sql()));
      return;
    }
    List<CreateLogin> created = new ArrayList<>();
    List<String> enabled = new ArrayList<>();
    List<String> disabled = new ArrayList<>();
    List<RoleChange> rest = new ArrayList<>();
    for (RoleChange change : changes) {
      switch (change) {
        case CreateLogin create -> created.add(create);
        case EnableLogin enable -> enabled.add(enable.role());
        case DisableLogin disable -> disabled.add(disable.role());
        default -> rest.add(change);
      }
    }
    if (!created.isEmpty()) {
      call(
          "create_logins",
          array(created.stream().map(CreateLogin::role).toList()),
          created.stream()
              .map(create -> Integer.toString(create.connectionLimit()))
              .collect(Collectors.joining(", ", "ARRAY[", "]")));
    }
    if (!enabled.isEmpty()) {
      call("let_log_in", array(enabled), "true");
    }
    if (!disabled.isEmpty()) {
      call("let_log_in", array(disabled), "false");
    }
    rest.forEach(change -> add(change.sql()));
  }

  /** What can be said of several in one statement: the same but for the member. */
  private void addAsGranter(List<RoleChange> changes) {
    Map<RevokeMembership, List<String>> revokes = new LinkedHashMap<>();
    Map<GrantMembership, List<String>> grants = new LinkedHashMap<>();
    String granter = null;
    for (RoleChange change : changes) {
      switch (change) {
        case RevokeMembership revoke -> {
          granter = revoke.grantor();
          members(revokes, revoke.ofNobody()).add(revoke.role());
        }
        case GrantMembership grant -> {
          granter = grant.granter();
          members(grants, grant.toNobody()).add(grant.role());
        }
        default -> throw new IllegalStateException("the granter handles memberships only");
      }
    }
    if (hands == Hands.FUNCTIONS) {
      inParts(revokes, (revoke, roles) -> call("take_membership", revoke.access(), roles));
      inParts(
          grants,
          (grant, roles) ->
              call(
                  "give_membership",
                  Literal.quoted(grant.access()),
                  array(roles),
                  Boolean.toString(grant.with().inherit()),
                  Boolean.toString(grant.with().set())));
    } else if (granter != null) {
      add("SET LOCAL ROLE " + Identifier.quoted(granter));
      inParts(revokes, (revoke, roles) -> add(revoke.sql(roles)));
      inParts(grants, (grant, roles) -> add(grant.sql(roles)));
      add("SET LOCAL ROLE NONE");
    }
  }

  private static <K> List<String> members(Map<K, List<String>> byAccess, K access) {
    return byAccess.computeIfAbsent(access, a -> new ArrayList<>());
  }

  private <K> void inParts(Map<K, List<String>> byAccess, BiConsumer<K, List<String>> statement) {
    byAccess.forEach(
        (access, roles) -> {
          for (int from = 0; from < roles.size(); from += MEMBERS) {
            statement.accept(access, roles.subList(from, Math.min(from + MEMBERS, roles.size())));
          }
        });
  }

  private void call(String function, String access, List<String> roles) {
    call(function, Literal.quoted(access), array(roles));
  }

  private void call(String function, String... arguments) {
    add("SELECT pgscim_admin." + function + "(" + String.join(", ", arguments) + ")");
  }

  private static String array(List<String> roles) {
    return roles.stream().map(Literal::quoted).collect(Collectors.joining(", ", "ARRAY[", "]"));
  }

  private void add(String statement) {
    text.append(statement).append(";\n");
  }
}
