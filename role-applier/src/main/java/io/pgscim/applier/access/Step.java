package io.pgscim.applier.access;

import java.util.Objects;

/**
 * A membership in a role, with what all its grantors together let the member do.
 *
 * @param role the role that the one before is a member of
 * @param inherit the member has the role's privileges without doing anything
 * @param set the member can become the role
 * @param admin the member can hand the role out
 */
public record Step(String role, boolean inherit, boolean set, boolean admin) {
  public Step {
    Objects.requireNonNull(role, "role");
  }
}
