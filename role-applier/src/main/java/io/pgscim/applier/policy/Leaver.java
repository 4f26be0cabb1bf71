package io.pgscim.applier.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of the role of somebody who has no access any more. It is disabled at once, always.
 *
 * @param dropAfter how long it then stays; empty = for ever
 * @param reassignTo who gets what it owns before it is dropped; empty = a role that owns anything
 *     stays
 */
public record Leaver(Optional<Duration> dropAfter, Optional<String> reassignTo) {
  /** Disabled for ever, with what it owns. */
  public static final Leaver STAYS = new Leaver(Optional.empty(), Optional.empty());

  public Leaver {
    Objects.requireNonNull(dropAfter, "dropAfter");
    Objects.requireNonNull(reassignTo, "reassignTo");
  }
}
