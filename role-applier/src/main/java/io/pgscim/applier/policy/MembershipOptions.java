package io.pgscim.applier.policy;

/**
 * How a membership can be used (PostgreSQL documentation, {@code GRANT}, "GRANT on Roles").
 *
 * @param inherit the member has the role's privileges without doing anything
 * @param set the member can become the role with {@code SET ROLE}
 */
public record MembershipOptions(boolean inherit, boolean set) {
  /** PostgreSQL's defaults. */
  public static final MembershipOptions USUAL = new MembershipOptions(true, true);

  public MembershipOptions {
    if (!inherit && !set) {
      throw new IllegalArgumentException(
          "with neither inherit nor set a membership is good for nothing; leave the role out");
    }
  }

  /** What somebody can do who has both. */
  public MembershipOptions or(MembershipOptions other) {
    return new MembershipOptions(inherit || other.inherit, set || other.set);
  }
}
