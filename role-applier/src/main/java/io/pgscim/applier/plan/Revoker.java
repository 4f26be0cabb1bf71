package io.pgscim.applier.plan;

/** Who can end a membership that a certain grantor gave. */
public enum Revoker {
  /** The granter, who gave it itself. */
  GRANTER,
  /** The role that the applier is logged in as: it has the grantor's privileges, or all. */
  LOGIN,
  /** The function of {@code deploy/postgres/applier.sql}, for grantors above the applier. */
  FUNCTION
}
