package io.pgscim.applier.plan;

import io.pgscim.applier.policy.MembershipOptions;

/** What the server's major version has to say about a membership. */
public enum Dialect {
  /** PostgreSQL 16 and newer: every grantor's has options of its own. */
  OPTIONS {
    @Override
    String given(MembershipOptions with) {
      return " WITH ADMIN FALSE, INHERIT "
          + (with.inherit() ? "TRUE" : "FALSE")
          + ", SET "
          + (with.set() ? "TRUE" : "FALSE");
    }

    @Override
    String handedOut() {
      return " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE";
    }
  },
  /** Before: there is one, whoever gave it, and who has it can use it in every way. */
  PLAIN {
    @Override
    String given(MembershipOptions with) {
      return "";
    }

    @Override
    String handedOut() {
      return " WITH ADMIN OPTION";
    }
  };

  /** The major version that brought the options. */
  public static final int OPTIONS_SINCE = 16;

  /** What a major version speaks. */
  public static Dialect of(int major) {
    return major < OPTIONS_SINCE ? PLAIN : OPTIONS;
  }

  /** The options of a membership that somebody gets. */
  abstract String given(MembershipOptions with);

  /** Those of one that lets its member make others one. */
  abstract String handedOut();
}
