package io.pgscim.chaos.check;

/**
 * A promise that was not kept.
 *
 * @param about the fact, key, event or role that shows it
 * @param at when it showed, in the time of the history; {@link #AT_THE_END} for the final states
 * @param says one sentence for people
 */
public record Violation(Kind kind, String about, long at, String says) {
  public static final long AT_THE_END = Long.MAX_VALUE;

  /** Which promise. */
  public enum Kind {
    /** What was acknowledged or told is missing further on. */
    LOST,
    /** Something is there, or happened, more often than once. */
    DOUBLED,
    /** Access that no push and no policy gave. */
    WRONG_GRANT,
    /** A version or position came after a later one. */
    BACKWARDS,
    /** A push that is in order was turned away. */
    REFUSED,
    /** The log does not verify. */
    NOT_VERIFIED,
    /** Something still waits although every fault is over. */
    STUCK
  }

  static Violation atTheEnd(Kind kind, String about, String says) {
    return new Violation(kind, about, AT_THE_END, says);
  }
}
