package io.pgscim.applier.plan;

import io.pgscim.events.RoleChanged.Kind;

/** Anything that a plan does to PostgreSQL. */
public interface Change {

  /** Whom it is about. */
  Subject subject();

  /** The role that changes, by the name it has afterwards. */
  String role();

  /** Which of the closed set of changes. */
  Kind kind();

  /** What the role gains, loses or is; null when the role itself. */
  default String object() {
    return null;
  }

  /** The change in plain words. */
  String description();

  /** The statement that makes it. */
  String sql();
}
