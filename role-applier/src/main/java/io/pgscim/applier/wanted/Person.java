package io.pgscim.applier.wanted;

import io.pgscim.events.UserState;
import java.util.List;
import java.util.Objects;

/**
 * A user of the directory with the groups that count now.
 *
 * @param groups those that exist and that the user is in at this moment
 */
public record Person(UserState user, List<Group> groups) {

  public Person {
    Objects.requireNonNull(user, "user");
    groups = List.copyOf(groups);
  }

  /** A group of the directory, by its id and its name. */
  public record Group(String id, String displayName) {
    public Group {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(displayName, "displayName");
    }
  }
}
