package io.pgscim.applier.current;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role of an access role's name, as it stands.
 *
 * @param name its name in the catalog, whoever gave it
 * @param managed whether it is the one that pgscim created, not just one of the same name
 * @param retired whether pgscim created it and the policy in force before did not name it
 * @param attributes what it should not have
 * @param refusals fingerprints of what was refused and reported before
 * @param obstacle why it cannot be adopted; empty when it can
 * @param grantable whether the granter can make others a member of it
 */
public record CurrentAccess(
    String name,
    boolean managed,
    boolean retired,
    boolean canLogin,
    Set<String> attributes,
    boolean grantable,
    List<HeldMembership> memberships,
    Set<String> refusals,
    Optional<String> obstacle) {

  public CurrentAccess {
    Objects.requireNonNull(name, "name");
    attributes = Collections.unmodifiableSet(new TreeSet<>(attributes));
    memberships = List.copyOf(memberships);
    refusals = Set.copyOf(refusals);
  }

  /** One that nothing keeps from being adopted. */
  public CurrentAccess(
      String name,
      boolean managed,
      boolean retired,
      boolean canLogin,
      Set<String> attributes,
      boolean grantable,
      List<HeldMembership> memberships,
      Set<String> refusals) {
    this(
        name,
        managed,
        retired,
        canLogin,
        attributes,
        grantable,
        memberships,
        refusals,
        Optional.empty());
  }
}
