package io.pgscim.applier.reconcile;

/**
 * What a reconciliation left behind.
 *
 * @param changes how many changes were made
 * @param refusals how many were refused that were not before
 * @param revocations whether sessions have to be looked at
 * @param waiting whether something was withheld that has to be judged
 */
public record Outcome(int changes, int refusals, boolean revocations, boolean waiting) {
  /** Everything was as wanted. */
  public static final Outcome NOTHING = new Outcome(0, 0, false, false);

  /** Both. */
  public Outcome and(Outcome other) {
    return new Outcome(
        changes + other.changes,
        refusals + other.refusals,
        revocations || other.revocations,
        waiting || other.waiting);
  }

  /** Whether there are events to relay. */
  public boolean isReported() {
    return changes > 0 || refusals > 0;
  }
}
