package io.pgscim.scim.oracle;

/** What an implementation says about a filter and a resource. */
enum Verdict {
  HOLDS,
  FAILS,
  /** An error of the client. */
  REFUSED,
  /** An error of its own. */
  BROKEN;

  static Verdict of(boolean holds) {
    return holds ? HOLDS : FAILS;
  }
}
