package io.pgscim.applier.privileges;

import java.util.Objects;

/** An access role has a privilege on an object. */
record Entitlement(String role, ObjectRef object, String privilege) {

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
