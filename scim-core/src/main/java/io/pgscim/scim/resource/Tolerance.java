package io.pgscim.scim.resource;

/** How much of what identity providers get wrong is understood anyway. */
public enum Tolerance {
  /**
   * What is meant counts: quoted booleans, a manager as a bare id, values for what is not there.
   */
  LENIENT,
  /** What the RFCs say counts. */
  STRICT;

  public boolean lenient() {
    return this == LENIENT;
  }
}
