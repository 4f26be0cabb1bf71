package io.pgscim.applier.wanted;

import io.pgscim.applier.policy.MembershipOptions;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A membership that somebody should have.
 *
 * @param through the ids of the groups that give it; none where a rule without a group does
 * @param with how it can be used
 */
public record Given(Set<String> through, MembershipOptions with) {

  public Given {
    through = Collections.unmodifiableSet(new TreeSet<>(through));
    Objects.requireNonNull(with, "with");
  }

  /**
   * Given by one rule.
   *
   * @param groupId null where the rule is about no group
   */
  static Given by(String groupId, MembershipOptions with) {
    return new Given(groupId == null ? Set.of() : Set.of(groupId), with);
  }

  /** Given twice: who has both can do what either lets do. */
  Given and(Given other) {
    Set<String> both = new TreeSet<>(through);
    both.addAll(other.through);
    return new Given(both, with.or(other.with));
  }
}
