package io.pgscim.applier.privileges;

import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.ObjectGrant;
import io.pgscim.applier.policy.ObjectGrant.OnObjects;
import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.policy.Policy;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks in one database at what a policy speaks of there, and at no more. */
final class Survey {
  private final List<ObjectGrant> given;
  private final List<ObjectGrant> takenFromPublic;
  private final Set<String> owners;

  Survey(Policy policy, String database) {
    this.given =
        policy.accessRoles().values().stream()
            .flatMap(role -> role.grants().stream())
            .filter(grant -> grant.database().equals(database))
            .toList();
    this.takenFromPublic =
        policy.takenFromPublic().stream()
            .filter(grant -> grant.database().equals(database))
            .toList();
    this.owners = new TreeSet<>(policy.owners());
    for (ObjectGrant grant : takenFromPublic) {
      if (grant instanceof OnObjects some) {
        owners.addAll(some.owners());
      }
    }
  }

  /** What these access roles have; and everybody, where something is taken from everybody. */
  Set<Entitlement> held(Transaction transaction, Collection<Long> roles) {
    Set<Entitlement> held = new HashSet<>(Holdings.of(transaction, roles));
    if (!takenFromPublic.isEmpty()) {
      held.addAll(heldByPublic(transaction));
    }
    return held;
  }

  /** What everybody has. */
  Set<Entitlement> heldByPublic(Transaction transaction) {
    return Holdings.ofPublic(transaction, owners);
  }

  /** Of the objects that are named, only routines have to be looked up: they share names. */
  Inventory inventory(Transaction transaction) {
    Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
    Set<String> schemas = new TreeSet<>();
    Set<String> everywhere = new TreeSet<>();
    Stream.concat(given.stream(), takenFromPublic.stream())
        .forEach(
            grant -> {
              if (grant instanceof OnObjects some
                  && (some.objects().all() || some.kind() == ObjectKind.ROUTINE)) {
                kinds.add(some.kind());
                some.schema().ifPresentOrElse(schemas::add, () -> everywhere.addAll(some.owners()));
              }
            });
    return Holdings.inventory(transaction, kinds, schemas, everywhere);
  }
}
