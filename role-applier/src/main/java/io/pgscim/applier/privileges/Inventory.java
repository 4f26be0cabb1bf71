package io.pgscim.applier.privileges;

import io.pgscim.applier.policy.ObjectKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a database has today, as far as the policy may mean it.
 *
 * @param major of the server
 */
record Inventory(int major, List<Found> found) {

  /**
   * An object.
   *
   * @param schema null where its kind is in none
   */
  record Found(ObjectKind kind, String schema, String name, String owner, ObjectRef object) {}

  Inventory {
    found = List.copyOf(found);
  }

  /** All of a schema. */
  Stream<ObjectRef> in(ObjectKind kind, String schema) {
    return found.stream()
        .filter(one -> one.kind() == kind && schema.equals(one.schema()))
        .map(Found::object);
  }

  /** All that one of these roles owns. */
  Stream<ObjectRef> of(ObjectKind kind, List<String> owners) {
    return found.stream()
        .filter(one -> one.kind() == kind && owners.contains(one.owner()))
        .map(Found::object);
  }

  /** All of that name: routines share names. */
  Stream<ObjectRef> named(ObjectKind kind, String schema, String name) {
    return found.stream()
        .filter(one -> one.kind() == kind && one.name().equals(name) && schema.equals(one.schema()))
        .map(Found::object);
  }
}
