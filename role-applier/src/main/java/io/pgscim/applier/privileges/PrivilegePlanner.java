package io.pgscim.applier.privileges;

import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.ObjectGrant;
import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnObjects;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.privileges.ObjectRef.ColumnRef;
import io.pgscim.applier.privileges.ObjectRef.DatabaseRef;
import io.pgscim.applier.privileges.ObjectRef.FutureRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares the privileges that a policy gives in one database with those that access roles have,
 * and those it takes from everybody with those that everybody has.
 */
final class PrivilegePlanner {
  /** The oldest major version that knows {@code MAINTAIN}. */
  private static final int MAINTAIN_SINCE = 17;

  private final Policy policy;
  private final String database;
  private final Inventory inventory;

  PrivilegePlanner(Policy policy, String database, Inventory inventory) {
    this.policy = policy;
    this.database = database;
    this.inventory = inventory;
  }

  /**
   * What has to change.
   *
   * @param usable the roles that can be given anything
   * @param held what access roles, and everybody, have now
   */
  PrivilegePlan plan(Set<String> usable, Set<Entitlement> held) {
    Set<Entitlement> wanted = wanted(usable);
    Set<Entitlement> possible = new LinkedHashSet<>(wanted);
    possible.removeIf(this::unknownHere);
    List<PrivilegeChange> changes = new ArrayList<>();
    changes.addAll(changes(taken(possible, held), false));
    changes.addAll(changes(without(possible, held), true));
    return new PrivilegePlan(changes, refusals(without(wanted, possible)));
  }

  /** What the policy gives here. */
  Set<Entitlement> wanted(Set<String> usable) {
    Set<Entitlement> wanted = new LinkedHashSet<>();
    for (AccessRole role : policy.accessRoles().values()) {
      if (usable.contains(role.name())) {
        role.grants().forEach(grant -> add(wanted, role.name(), grant));
      }
    }
    return wanted;
  }

  /** Of what is held: what access roles should not have, and what everybody should not. */
  private Set<Entitlement> taken(Set<Entitlement> wanted, Set<Entitlement> held) {
    Set<Entitlement> fromPublic = new LinkedHashSet<>();
    policy.takenFromPublic().forEach(grant -> add(fromPublic, Entitlement.PUBLIC, grant));
    Set<Entitlement> taken = new LinkedHashSet<>();
    for (Entitlement one : held) {
      if (one.role().equals(Entitlement.PUBLIC)
          ? fromPublic.contains(one)
          : !wanted.contains(one)) {
        taken.add(one);
      }
    }
    return taken;
  }

  private void add(Set<Entitlement> entitlements, String role, ObjectGrant grant) {
    if (grant.database().equals(database)) {
      objects(grant)
          .forEach(
              object ->
                  grant
                      .privileges()
                      .forEach(word -> entitlements.add(new Entitlement(role, object, word))));
    }
  }

  private Stream<ObjectRef> objects(ObjectGrant grant) {
    return switch (grant) {
      case OnDatabase g -> Stream.of(new DatabaseRef());
      case OnColumns g ->
          g.columns().stream().map(column -> new ColumnRef(g.schema(), g.table(), column));
      case OnObjects g when g.objects().all() -> Stream.concat(today(g), tomorrow(g));
      case OnObjects g -> g.objects().names().stream().flatMap(name -> named(g, name));
    };
  }

  private Stream<ObjectRef> today(OnObjects grant) {
    return grant
        .schema()
        .map(schema -> inventory.in(grant.kind(), schema))
        .orElseGet(() -> inventory.of(grant.kind(), grant.owners()));
  }

  private static Stream<ObjectRef> tomorrow(OnObjects grant) {
    return grant.owners().stream()
        .map(owner -> new FutureRef(owner, grant.schema().orElse(null), grant.kind()));
  }

  /** One that does not exist stays wanted, so that PostgreSQL says of it that it does not exist. */
  private Stream<ObjectRef> named(OnObjects grant, String name) {
    String schema = grant.schema().orElse(null);
    List<ObjectRef> existing =
        schema == null ? List.of() : inventory.named(grant.kind(), schema, name).toList();
    return existing.isEmpty()
        ? Stream.of(ObjectRef.named(grant.kind(), schema, name))
        : existing.stream();
  }

  private boolean unknownHere(Entitlement one) {
    return one.privilege().equals("MAINTAIN") && inventory.major() < MAINTAIN_SINCE;
  }

  private List<Refusal> refusals(Set<Entitlement> impossible) {
    return changes(impossible, true).stream()
        .map(
            change ->
                Refusal.of(
                    change.subject(),
                    change.role(),
                    change.description(),
                    "PostgreSQL "
                        + inventory.major()
                        + " has no privilege MAINTAIN, "
                        + MAINTAIN_SINCE
                        + " has; take it out of this cluster's policy, or upgrade"))
        .toList();
  }

  private static Set<Entitlement> without(Set<Entitlement> some, Set<Entitlement> others) {
    Set<Entitlement> rest = new LinkedHashSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private List<PrivilegeChange> changes(Set<Entitlement> entitlements, boolean grant) {
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
