package io.pgscim.applier.ledger;

import io.pgscim.applier.consume.Unreadable;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What of a batch the ledger did not know yet.
 *
 * @param users whose access may have to change
 * @param sessions whose sessions have to end
 * @param unreadable records that were not set aside before
 */
public record News(Set<String> users, Set<String> sessions, List<Unreadable> unreadable) {

  public News {
    Objects.requireNonNull(users, "users");
    sessions = Set.copyOf(sessions);
    unreadable = List.copyOf(unreadable);
  }

  /** Nothing to do. */
  public boolean isEmpty() {
    return users.isEmpty() && sessions.isEmpty() && unreadable.isEmpty();
  }
}
