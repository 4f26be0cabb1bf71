package io.pgscim.applier.access;

import io.pgscim.applier.access.SecuredObject.Item;
import io.pgscim.applier.policy.ObjectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a role has on an object before anybody else comes to it.
 *
 * @param holder oid of the role, or {@link SecuredObject#EVERYBODY}
 * @param inherited whether members that inherit have it too; a superuser's powers they do not
 * @param obstacle why it is not had as it stands
 */
record Source(
    long holder,
    boolean inherited,
    Set<String> privileges,
    Set<String> grantable,
    List<String> columns,
    Optional<String> obstacle,
    Function<List<Step>, Path> path) {

  static final String OWNER_CAN = "the owner took it from itself, and can grant it to itself again";

  private static final Set<String> CHANGING =
      Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE", "USAGE");

  /** What predefined roles may do (PostgreSQL documentation, §21.5), by kind of object. */
  private static final Map<String, Map<ObjectKind, Set<String>>> PREDEFINED =
      new TreeMap<>(
          Map.of(
              "pg_read_all_data",
              Map.of(
                  ObjectKind.TABLE, Set.of("SELECT"),
                  ObjectKind.SEQUENCE, Set.of("SELECT"),
                  ObjectKind.SCHEMA, Set.of("USAGE")),
              "pg_write_all_data",
              Map.of(
                  ObjectKind.TABLE, Set.of("INSERT", "UPDATE", "DELETE"),
                  ObjectKind.SEQUENCE, Set.of("UPDATE"),
                  ObjectKind.SCHEMA, Set.of("USAGE")),
              "pg_maintain",
              Map.of(ObjectKind.TABLE, Set.of("MAINTAIN"))));

  /** The same on more columns. */
  Source andColumns(Source other) {
    List<String> both = new ArrayList<>(columns);
    both.addAll(other.columns);
    return new Source(holder, inherited, privileges, grantable, both, obstacle, path);
  }

  /** Everything that somebody has on the object, as far as these privileges go. */
  static List<Source> of(SecuredObject object, Set<String> asked, Roles roles) {
    Set<String> privileges = new TreeSet<>(asked);
    privileges.retainAll(object.privileges());
    List<Source> sources = new ArrayList<>();
    Map<Long, Set<String>> held = new LinkedHashMap<>();
    Map<Long, Set<String>> grantable = new TreeMap<>();
    for (Item item : object.acl()) {
      // Of PostgreSQL's own tables nobody but a superuser changes a row, whatever was granted.
      if (privileges.contains(item.privilege())
          && !(object.system() && CHANGING.contains(item.privilege()))) {
        held.computeIfAbsent(item.grantee(), g -> new TreeSet<>()).add(item.privilege());
        if (item.grantable() || item.grantee() == object.owner()) {
          grantable.computeIfAbsent(item.grantee(), g -> new TreeSet<>()).add(item.privilege());
        }
      }
    }
    held.forEach(
        (grantee, some) ->
            sources.add(
                new Source(
                    grantee,
                    true,
                    some,
                    grantable.getOrDefault(grantee, Set.of()),
                    object.column().stream().toList(),
                    Optional.empty(),
                    path(object, grantee, roles))));
    if (object.column().isEmpty()) {
      sources.addAll(
          ofTheOwner(object, privileges, held.getOrDefault(object.owner(), Set.of()), roles));
      sources.addAll(predefined(object, privileges, roles));
      sources.addAll(superusers(privileges, roles));
    }
    return sources;
  }

  private static Function<List<Step>, Path> path(SecuredObject object, long grantee, Roles roles) {
    if (grantee == SecuredObject.EVERYBODY) {
      return Path.Everybody::new;
    }
    Role role = roles.of(grantee);
    String name = role == null ? "" : role.name();
    if (name.equals("pg_database_owner")) {
      return Path.DatabaseOwner::new;
    }
    return grantee == object.owner()
        ? steps -> new Path.Owner(name, steps)
        : steps -> new Path.Granted(name, steps);
  }

  /** An owner that took a privilege from itself does not have it, and can have it back any time. */
  private static List<Source> ofTheOwner(
      SecuredObject object, Set<String> privileges, Set<String> held, Roles roles) {
    Set<String> missing = new TreeSet<>(privileges);
    missing.removeAll(held);
    if (object.system()) {
      missing.removeAll(CHANGING);
    }
    return missing.isEmpty()
        ? List.of()
        : List.of(
            new Source(
                object.owner(),
                true,
                missing,
                missing,
                List.of(),
                Optional.of(OWNER_CAN),
                path(object, object.owner(), roles)));
  }

  private static List<Source> predefined(SecuredObject object, Set<String> asked, Roles roles) {
    List<Source> sources = new ArrayList<>();
    PREDEFINED.forEach(
        (name, byKind) -> {
          Set<String> privileges = new TreeSet<>(byKind.getOrDefault(object.kind(), Set.of()));
          privileges.retainAll(asked);
          if (object.system()) {
            privileges.removeAll(CHANGING);
          }
          if (!privileges.isEmpty()) {
            roles
                .named(name)
                .ifPresent(
                    role ->
                        sources.add(
                            new Source(
                                role.oid(),
                                true,
                                privileges,
                                Set.of(),
                                List.of(),
                                Optional.empty(),
                                steps -> new Path.Predefined(name, steps))));
          }
        });
    return sources;
  }

  private static List<Source> superusers(Set<String> privileges, Roles roles) {
    return roles.all().stream()
        .filter(Role::superuser)
        .map(
            role ->
                new Source(
                    role.oid(),
                    false,
                    privileges,
                    privileges,
                    List.of(),
                    Optional.empty(),
                    steps -> new Path.Superuser(role.name(), steps)))
        .toList();
  }
}
