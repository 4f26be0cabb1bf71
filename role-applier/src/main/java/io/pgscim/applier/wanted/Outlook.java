package io.pgscim.applier.wanted;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user should have, and how long that is so.
 *
 * @param changes the next moment at which it is something else by the clock alone; empty when no
 *     such moment is known
 */
public record Outlook(Wanted wanted, Optional<Instant> changes) {

  public Outlook {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(changes, "changes");
  }
}
