package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives access roles to users: to the members of a group, to those whom a filter finds, or, with
 * both, to the members whom it finds.
 *
 * @param group the group's displayName, compared ignoring case
 */
public record Rule(Optional<String> group, Optional<UserFilter> users, Set<String> gives) {

  public Rule {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(users, "users");
    if (group.isEmpty() && users.isEmpty()) {
      throw new IllegalArgumentException("a rule names a group, or users, or both");
    }
    gives = Collections.unmodifiableSet(new TreeSet<>(gives));
  }

  /** How group names are compared. */
  public static String folded(String displayName) {
    return displayName.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Whether this is a rule about that group. */
  public boolean isFor(String displayName) {
    return group.isPresent() && folded(group.get()).equals(folded(displayName));
  }
}
