package io.pgscim.applier.plan;

/** How changes of roles are carried out. */
public enum Hands {
  /** By their statements. */
  STATEMENTS,
  /**
   * Where there are many of a kind, by functions of {@code deploy/postgres/applier.sql}. They do
   * the same in the name of somebody who administers few roles: PostgreSQL goes through all that a
   * role administers whenever it changes one.
   */
  FUNCTIONS
}
