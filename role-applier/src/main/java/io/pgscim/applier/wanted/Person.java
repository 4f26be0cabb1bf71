package io.pgscim.applier.wanted;

import io.pgscim.events.UserState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A user of the directory with the groups that the user is in, be it not yet or no longer.
 *
 * @param groups those that exist
 */
public record Person(UserState user, List<Group> groups) {

  public Person {
    Objects.requireNonNull(user, "user");
    groups = List.copyOf(groups);
  }

  /**
   * A group of the directory, and when the membership in it counts.
   *
   * @param externalId null when the identity provider sent none
   * @param from since when, joining or the beginning of its validity
   * @param until from when on no more; null = no end
   */
  public record Group(
      String id, String displayName, String externalId, Instant from, Instant until) {
    public Group {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(displayName, "displayName");
      Objects.requireNonNull(from, "from");
    }

    /** Known by its name alone, and a membership since ever. */
    public Group(String id, String displayName) {
      this(id, displayName, null, Instant.EPOCH, null);
    }

    /** Whether the membership counts at that moment. */
    boolean countsAt(Instant moment) {
      return !from.isAfter(moment) && (until == null || until.isAfter(moment));
    }
  }
}
