package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives access roles to users: to the members of a group, to those whom a filter finds, or, with
 * both, to the members whom it finds. One that gives nothing and ends limits all access of those
 * users.
 *
 * @param with how the memberships can be used
 */
public record Rule(
    Optional<GroupMatch> group,
    Optional<UserFilter> users,
    Set<String> gives,
    MembershipOptions with,
    Window window) {

  public Rule {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(users, "users");
    if (group.isEmpty() && users.isEmpty()) {
      throw new IllegalArgumentException("a rule names a group, or users, or both");
    }
    if (window.lasts().isPresent() && group.isEmpty()) {
      throw new IllegalArgumentException(
          "for: counts from joining a group, so it needs group:; write until: to end otherwise");
    }
    gives = Collections.unmodifiableSet(new TreeSet<>(gives));
    Objects.requireNonNull(with, "with");
  }

  /** For ever, to be used in the usual way. */
  public Rule(Optional<GroupMatch> group, Optional<UserFilter> users, Set<String> gives) {
    this(group, users, gives, MembershipOptions.USUAL, Window.OPEN);
  }

  /** Whether it says when all access ends, and gives none. */
  public boolean limitsEverything() {
    return gives.isEmpty() && !window.equals(Window.OPEN);
  }
}
