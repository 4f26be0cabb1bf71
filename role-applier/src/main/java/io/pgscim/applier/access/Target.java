package io.pgscim.applier.access;

import io.pgscim.applier.policy.ObjectKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object with what stands before it.
 *
 * @param schema empty when the object is a database or a schema
 * @param columns those that something was granted on by themselves, or the one asked about
 * @param columnAsked whether {@link #object} is asked about only as far as it is that column
 */
record Target(
    SecuredObject database,
    Optional<SecuredObject> schema,
    SecuredObject object,
    List<SecuredObject> columns,
    boolean columnAsked) {

  Target {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(object, "object");
    columns = List.copyOf(columns);
  }

  /** The kind that was asked about. */
  ObjectKind kind() {
    return columnAsked ? ObjectKind.COLUMN : object.kind();
  }

  /** Those that such an object has on this server. */
  Set<String> privileges() {
    Set<String> privileges = new TreeSet<>(object.privileges());
    privileges.retainAll(kind().privileges);
    return privileges;
  }
}
