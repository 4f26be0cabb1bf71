package io.pgscim.applier.policy;

import java.util.List;
import java.util.Locale;
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
  SEQUENCE("USAGE", "SELECT", "UPDATE"),
  /** Functions, procedures and aggregates: default privileges cannot tell them apart. */
  ROUTINE("EXECUTE"),
  /** Domains too. */
  TYPE("USAGE"),
  SERVER("USAGE");

  /** In the order of PostgreSQL's documentation. */
  public final List<String> privileges;

  ObjectKind(String... privileges) {
    this.privileges = List.of(privileges);
  }

  /** Whether its objects are in schemas. */
  public boolean inSchema() {
    return switch (this) {
      case TABLE, COLUMN, SEQUENCE, ROUTINE, TYPE -> true;
      case DATABASE, SCHEMA, SERVER -> false;
    };
  }

  /** Whether there are default privileges for those that an owner will create. */
  public boolean hasFuture() {
    return switch (this) {
      case SCHEMA, TABLE, SEQUENCE, ROUTINE, TYPE -> true;
      case DATABASE, COLUMN, SERVER -> false;
    };
  }

  /** {@code tables}. */
  public String plural() {
    return name().toLowerCase(Locale.ROOT) + "s";
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
            plural()
                + " have no privilege "
                + privilege
                + "; they have "
                + String.join(", ", privileges));
      }
    }
  }
}
