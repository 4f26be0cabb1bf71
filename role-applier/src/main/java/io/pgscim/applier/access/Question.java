package io.pgscim.applier.access;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who can do what to an object?
 *
 * @param privileges by PostgreSQL's words, upper case; empty = all that such an object has
 */
public record Question(ObjectName object, Set<String> privileges) {
  public Question {
    Objects.requireNonNull(object, "object");
    privileges = Set.copyOf(privileges);
  }

  /**
   * As people ask it.
   *
   * @param privilege in any case, {@code TEMP} too; empty = all
   */
  public static Question of(ObjectName object, Optional<String> privilege) {
    return new Question(
        object,
        privilege
            .map(word -> word.strip().toUpperCase(Locale.ROOT))
            .map(word -> Set.of(word.equals("TEMP") ? "TEMPORARY" : word))
            .orElse(Set.of()));
  }
}
