package io.pgscim.applier.access;

import java.util.Objects;

/** A role as {@code pg_roles} has it. */
record Role(long oid, String name, boolean canLogin, boolean superuser, boolean bypassRowSecurity) {
  Role {
    Objects.requireNonNull(name, "name");
  }
}
