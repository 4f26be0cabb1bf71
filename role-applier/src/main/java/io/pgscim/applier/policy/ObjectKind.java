package io.pgscim.applier.policy;

import java.util.List;
import java.util.Set;

/**
 * The kinds of object that a policy grants on, with the privileges each knows (PostgreSQL
 * documentation, §5.8).
 */
public enum ObjectKind {
  DATABASE("CONNECT", "CREATE", "TEMPORARY"),
  SCHEMA("USAGE", "CREATE"),
  TABLE("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"),
  COLUMN("SELECT", "INSERT", "UPDATE", "REFERENCES"),
  SEQUENCE("USAGE", "SELECT", "UPDATE");

  /** In the order of PostgreSQL's documentation. */
  public final List<String> privileges;

  ObjectKind(String... privileges) {
    this.privileges = List.of(privileges);
  }

  /**
   * @throws IllegalArgumentException when one of the privileges does not exist for this kind
   */
  void check(Set<String> wanted) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("a grant needs at least one privilege");
    }
    for (String privilege : wanted) {
      if (!privileges.contains(privilege)) {
        throw new IllegalArgumentException(
            name().toLowerCase(java.util.Locale.ROOT) + "s have no privilege " + privilege);
      }
    }
  }
}
