package io.pgscim.audit.entry;

import java.util.Locale;

/** How it ended. Refusals and failures are entries like successes. */
public enum Outcome {
  /** The directory holds it. */
  RECORDED,
  /** It was done. */
  APPLIED,
  /** It was done, and read back. */
  PROVEN,
  /** It was wanted, and not done. */
  REFUSED,
  /** It is wanted, and waits for somebody to approve it. */
  HELD,
  /** It could not be done. */
  FAILED,
  /** A record that is no event of pgscim; what it wanted is unknown. */
  UNREADABLE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in the entry. */
  public String word() {
    return word;
  }
}
