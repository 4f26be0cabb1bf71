package io.pgscim.applier.current;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role of an access role's name, as it stands.
 *
 * @param managed whether it is the one that pgscim created, not just one of the same name
 * @param retired whether pgscim created it and the policy in force before did not name it
 * @param attributes what it should not have
 * @param grantable whether the granter can make others a member of it
 */
public record CurrentAccess(
    String name,
    boolean managed,
    boolean retired,
    boolean canLogin,
    Set<String> attributes,
    boolean grantable,
    List<HeldMembership> memberships) {

  public CurrentAccess {
    Objects.requireNonNull(name, "name");
    attributes = Collections.unmodifiableSet(new TreeSet<>(attributes));
    memberships = List.copyOf(memberships);
  }
}
