package io.pgscim.applier.privileges;

import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.ObjectGrant;
import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnSchema;
import io.pgscim.applier.policy.ObjectGrant.OnSequences;
import io.pgscim.applier.policy.ObjectGrant.OnTables;
import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Selection;
import io.pgscim.applier.privileges.ObjectRef.ColumnRef;
import io.pgscim.applier.privileges.ObjectRef.DatabaseRef;
import io.pgscim.applier.privileges.ObjectRef.FutureRef;
import io.pgscim.applier.privileges.ObjectRef.SchemaRef;
import io.pgscim.applier.privileges.ObjectRef.SequenceRef;
import io.pgscim.applier.privileges.ObjectRef.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compares the privileges that a policy gives in one database with those that access roles have.
 */
final class PrivilegePlanner {
  private PrivilegePlanner() {}

  /** What the policy gives there, to roles that can be given anything. */
  static Set<Entitlement> wanted(
      Policy policy, String database, Set<String> usable, Inventory inventory) {
    Set<Entitlement> wanted = new LinkedHashSet<>();
    for (AccessRole role : policy.accessRoles().values()) {
      if (usable.contains(role.name())) {
        for (ObjectGrant grant : role.grants()) {
          if (grant.database().equals(database)) {
            objects(grant, policy.owners(), inventory)
                .forEach(
                    object ->
                        grant
                            .privileges()
                            .forEach(
                                word -> wanted.add(new Entitlement(role.name(), object, word))));
          }
        }
      }
    }
    return wanted;
  }

  /** What has to change: first all that is taken, then all that is given. */
  static List<PrivilegeChange> plan(
      String database, Set<Entitlement> wanted, Set<Entitlement> held) {
    List<PrivilegeChange> plan = new ArrayList<>();
    plan.addAll(changes(database, without(held, wanted), false));
    plan.addAll(changes(database, without(wanted, held), true));
    return plan;
  }

  private static Stream<ObjectRef> objects(
      ObjectGrant grant, List<String> owners, Inventory inventory) {
    return switch (grant) {
      case OnDatabase g -> Stream.of(new DatabaseRef());
      case OnSchema g -> Stream.of(new SchemaRef(g.schema()));
      case OnTables g ->
          selected(
              g.tables(),
              inventory.tables(g.schema()),
              table -> new TableRef(g.schema(), table),
              future(owners, g.schema(), ObjectKind.TABLE));
      case OnColumns g ->
          g.columns().stream().map(column -> new ColumnRef(g.schema(), g.table(), column));
      case OnSequences g ->
          selected(
              g.sequences(),
              inventory.sequences(g.schema()),
              sequence -> new SequenceRef(g.schema(), sequence),
              future(owners, g.schema(), ObjectKind.SEQUENCE));
    };
  }

  private static Stream<ObjectRef> selected(
      Selection selection,
      List<String> today,
      Function<String, ObjectRef> object,
      Stream<ObjectRef> tomorrow) {
    return selection.all()
        ? Stream.concat(today.stream().map(object), tomorrow)
        : selection.names().stream().map(object);
  }

  private static Stream<ObjectRef> future(List<String> owners, String schema, ObjectKind kind) {
    return owners.stream().map(owner -> new FutureRef(owner, schema, kind));
  }

  private static Set<Entitlement> without(Set<Entitlement> some, Set<Entitlement> others) {
    Set<Entitlement> rest = new LinkedHashSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private static List<PrivilegeChange> changes(
      String database, Set<Entitlement> entitlements, boolean grant) {
    record Place(String role, ObjectRef object) {}
    Map<Place, Set<String>> byPlace = new LinkedHashMap<>();
    for (Entitlement one : entitlements) {
      byPlace
          .computeIfAbsent(new Place(one.role(), one.object()), p -> new TreeSet<>())
          .add(one.privilege());
    }
    List<PrivilegeChange> changes = new ArrayList<>();
    byPlace.forEach(
        (place, words) ->
            changes.add(new PrivilegeChange(database, place.role(), place.object(), words, grant)));
    return changes;
  }
}
