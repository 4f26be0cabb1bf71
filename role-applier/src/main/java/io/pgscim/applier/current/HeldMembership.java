package io.pgscim.applier.current;

import io.pgscim.applier.policy.MembershipOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * One row of {@code pg_auth_members}: since PostgreSQL 16 the same pair of roles has one for each
 * grantor.
 *
 * @param role the role that the holder is a member of
 * @param managed whether that role is one of pgscim's
 * @param grantor who granted it, and in whose name it has to be revoked
 */
public record HeldMembership(
    String role, boolean managed, String grantor, boolean admin, boolean inherit, boolean set) {

  public HeldMembership {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(grantor, "grantor");
  }

  /** How it can be used; empty when it cannot be used at all. */
  public Optional<MembershipOptions> options() {
    return inherit || set ? Optional.of(new MembershipOptions(inherit, set)) : Optional.empty();
  }
}
