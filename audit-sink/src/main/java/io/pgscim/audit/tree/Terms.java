package io.pgscim.audit.tree;

import io.pgscim.audit.anchor.Lease;
import io.pgscim.audit.witness.Witnesses;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What must be so before a checkpoint is published, and how often one is.
 *
 * @param lease the second place; empty when there is none
 * @param begin whether a log that was signed before may begin in an empty second place
 * @param witnesses who else signs
 * @param heartbeat how long the last checkpoint may be, though nothing happened
 * @param told hears of each published note
 */
record Terms(
    Optional<Lease> lease,
    boolean begin,
    Witnesses witnesses,
    Duration heartbeat,
    Clock clock,
    Told told) {

  Terms {
    Objects.requireNonNull(lease, "lease");
    if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a heartbeat of " + heartbeat + " is below a second");
    }
  }

  /** Hears of published checkpoints; keeps nobody waiting. */
  @FunctionalInterface
  interface Told {
    void published(String note);
  }

  /** Nothing but the disk, each minute. */
  static final Terms ALONE =
      new Terms(
          Optional.empty(),
          false,
          Witnesses.NONE,
          Duration.ofMinutes(1),
          Clock.systemUTC(),
          note -> {});
}
