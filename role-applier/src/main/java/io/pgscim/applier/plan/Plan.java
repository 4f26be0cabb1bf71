package io.pgscim.applier.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has to be done, and what was wanted but will not be.
 *
 * @param changes in the order of their {@link Phase}s; within one, in the order they were planned
 */
public record Plan(List<RoleChange> changes, List<Refusal> refusals) {
  /** Nothing to do. */
  public static final Plan NOTHING = new Plan(List.of(), List.of());

  public Plan {
    // A stable sort: chains of renames stay in their order.
    changes = changes.stream().sorted(Comparator.comparing(RoleChange::phase)).toList();
    refusals = List.copyOf(refusals);
  }

  /** Nothing to do and nothing to say. */
  public boolean isEmpty() {
    return changes.isEmpty() && refusals.isEmpty();
  }

  /** Both. */
  public Plan and(Plan other) {
    return new Plan(
        Stream.concat(changes.stream(), other.changes.stream()).toList(),
        Stream.concat(refusals.stream(), other.refusals.stream()).toList());
  }
}
