package io.pgscim.applier.plan;

/**
 * The order within a plan. What was somebody else's becomes pgscim's first of all. What is taken
 * away goes next, so that no moment of a plan cut short has more access than before and after; then
 * names become free before they are used, and roles exist before they are given anything.
 */
public enum Phase {
  ADOPT,
  TAKE,
  RENAME,
  CREATE,
  ALTER,
  GIVE
}
