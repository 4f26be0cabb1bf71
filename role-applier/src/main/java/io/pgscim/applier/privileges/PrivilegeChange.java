package io.pgscim.applier.privileges;

import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.events.RoleChanged.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Privileges of one access role, or of everybody, on one object are granted, or revoked. */
record PrivilegeChange(
    String database, String role, ObjectRef target, Set<String> privileges, boolean grant)
    implements Change {

  PrivilegeChange {
    privileges = Collections.unmodifiableSet(new TreeSet<>(privileges));
  }

  /** What is refused to an access role in one database is remembered apart from the role itself. */
  static Subject subject(String database, String role) {
    return new Subject("privileges/" + database + "/" + role, null);
  }

  @Override
  public Subject subject() {
    return subject(database, role);
  }

  @Override
  public Kind kind() {
    return target instanceof ObjectRef.FutureRef
        ? grant ? Kind.GRANT_DEFAULT_PRIVILEGE : Kind.REVOKE_DEFAULT_PRIVILEGE
        : grant ? Kind.GRANT_PRIVILEGE : Kind.REVOKE_PRIVILEGE;
  }

  @Override
  public String object() {
    return target.words(database);
  }

  @Override
  public String description() {
    return (grant ? "grant " : "revoke ")
        + String.join(", ", privileges)
        + " on "
        + object()
        + (grant ? " to " : " from ")
        + role;
  }

  @Override
  public String sql() {
    return target.sql(
        grant,
        String.join(", ", privileges),
        database,
        role.equals(Entitlement.PUBLIC) ? "PUBLIC" : Identifier.quoted(role));
  }

  /** What holds once it is granted, and does not once it is revoked. */
  List<Entitlement> entitlements() {
    return privileges.stream().map(word -> new Entitlement(role, target, word)).toList();
  }

  /** Whether it is made, going by what is held. */
  boolean holds(Set<Entitlement> held) {
    return holds(
        grant,
        entitlements().stream().map(Entitlement::key).toList(),
        held.stream().map(Entitlement::key).collect(Collectors.toSet()));
  }

  /** Whether a change is made, going by the keys of what it is about and of what is held. */
  static boolean holds(boolean grant, List<String> entitlements, Set<String> held) {
    return grant ? held.containsAll(entitlements) : Collections.disjoint(held, entitlements);
  }
}
