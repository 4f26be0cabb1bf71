package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

/**
 * A plan is held no longer. Who decided it is the event's actor.
 *
 * @param digest of the plan, as {@link PlanHeld} has it
 * @param people how many it takes something from
 * @param reason in the words of who decided it, or in pgscim's
 * @param successor digest of the plan that is held instead; null when none is
 */
public record HoldDecided(
    String reporter,
    String cluster,
    String digest,
    Outcome outcome,
    int people,
    String reason,
    String successor)
    implements SecurityEvent {

  /** The closed set of ends. */
  public enum Outcome {
    /** It was done. */
    APPROVED,
    /** It is not done: the people stay as they are until something else is wanted of them. */
    REJECTED,
    /** It is another plan by now. */
    SUPERSEDED
  }

  public HoldDecided {
    identifier("reporter", reporter);
    identifier("cluster", cluster);
    identifier("digest", digest);
    present("outcome", outcome);
    identifier("reason", reason);
  }
}
