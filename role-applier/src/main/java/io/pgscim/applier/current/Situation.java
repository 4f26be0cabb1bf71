package io.pgscim.applier.current;

import io.pgscim.applier.wanted.Person;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is known of one user at one moment.
 *
 * @param person empty when the ledger has not heard of the user: then nothing is decided
 * @param left groups that exist and that the user is not in any more
 * @param role the user's login role, where there is one
 * @param refusals fingerprints of what was refused and reported before
 */
public record Situation(
    String userId,
    Optional<Person> person,
    List<Person.Group> left,
    Optional<CurrentLogin> role,
    Set<String> refusals) {

  public Situation {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(person, "person");
    left = List.copyOf(left);
    Objects.requireNonNull(role, "role");
    refusals = Set.copyOf(refusals);
  }
}
