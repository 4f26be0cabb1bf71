package io.pgscim.applier.privileges;

import java.util.Objects;

/** A role has a privilege on an object. */
record Entitlement(String role, ObjectRef object, String privilege) {
  /** Everybody. No role can have this name (PostgreSQL documentation, {@code CREATE ROLE}). */
  static final String PUBLIC = "public";

  Entitlement {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(privilege, "privilege");
  }

  /** Equal for equal ones, and distinct otherwise, from one process to the next. */
  String key() {
    return toString();
  }
}
