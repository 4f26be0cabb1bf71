package io.pgscim.applier;

/** What became of asking for a comparison of the cluster with its policy. */
sealed interface Comparison {

  /**
   * It is being made.
   *
   * @param txn by which its report, and whatever is healed, will be known
   */
  record Begun(String txn) implements Comparison {}

  /** One is being made already. */
  record Busy() implements Comparison {}

  /** Nothing can be healed while roles stay as they are. */
  record Observing() implements Comparison {}

  /** The cluster does not answer, so nothing can be compared now. */
  record Away(String reason) implements Comparison {}

  /** This process is not the one to ask. */
  record NotTheWriter(Standing standing) implements Comparison {}
}
