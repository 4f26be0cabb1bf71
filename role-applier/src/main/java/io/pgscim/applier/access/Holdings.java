package io.pgscim.applier.access;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.ObjectKind;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one role has in one database. */
public final class Holdings {
  private static final String HOLDINGS = Sql.of(Holdings.class, "holdings");
  private static final String MEMBERSHIPS_OF = Sql.of(Holdings.class, "memberships_of");
  private static final String OWNERS = "pg_database_owner";
  private static final int MOST = 200_000;

  private final long subject;
  private final List<Role> within;
  private final List<Roles.Membership> memberships;

  /** Roles of which a role is a member, directly. */
  public List<Step> memberships() {
    Roles roles = new Roles(within, List.of());
    return memberships.stream()
        .filter(one -> one.member() == subject && roles.of(one.role()) != null)
        .map(one -> new Step(roles.of(one.role()).name(), one.inherit(), one.set(), one.admin()))
        .sorted(Comparator.comparing(Step::role))
        .toList();
  }

  private Holdings(long subject, List<Role> within, List<Roles.Membership> memberships) {
    this.subject = subject;
    this.within = within;
    this.memberships = memberships;
  }

  /** Reads where the role can come to; the same in every database. */
  public static Holdings of(Transaction transaction, long subject) {
    var rolesAsked = transaction.query(AccessCatalog.ROLES, Tuple.tuple());
    var membershipsAsked = transaction.query(MEMBERSHIPS_OF, Tuple.of(subject));
    List<Roles.Membership> memberships =
        AccessCatalog.memberships(transaction.await(membershipsAsked));
    Set<Long> within = new TreeSet<>(Set.of(subject));
    memberships.forEach(one -> within.add(one.role()));
    return new Holdings(
        subject,
        AccessCatalog.roles(transaction.await(rolesAsked)).stream()
            .filter(role -> within.contains(role.oid()) || role.name().equals(OWNERS))
            .toList(),
        memberships);
  }

  /**
   * What the role has on each object on which it has something, by the object's name; empty when
   * there are too many grants to look at.
   *
   * @param transaction in that database
   */
  public Optional<List<Holding>> in(Transaction transaction, String database) {
    record Key(String kind, long oid, String column) {}
    Map<Key, List<Row>> objects = new LinkedHashMap<>();
    int rows = 0;
    for (Row row :
        transaction.ask(
            HOLDINGS, within.stream().map(Role::oid).toArray(Long[]::new), (long) MOST + 1)) {
      rows++;
      objects
          .computeIfAbsent(
              new Key(row.getString("kind"), row.getLong("oid"), row.getString("column")),
              key -> new ArrayList<>())
          .add(row);
    }
    return rows > MOST
        ? Optional.empty()
        : Optional.of(decided(database, List.copyOf(objects.values())));
  }

  private List<Holding> decided(String database, List<List<Row>> objects) {
    SecuredObject itself = null;
    Map<String, SecuredObject> schemas = new HashMap<>();
    Map<Long, List<SecuredObject>> columns = new HashMap<>();
    for (List<Row> rows : objects) {
      SecuredObject object = AccessCatalog.object(rows);
      switch (object.kind()) {
        case DATABASE -> itself = object;
        case SCHEMA -> schemas.put(rows.getFirst().getString("schema"), object);
        case COLUMN ->
            columns
                .computeIfAbsent(rows.getFirst().getLong("oid"), o -> new ArrayList<>())
                .add(object);
        default -> {}
      }
    }
    List<Roles.Membership> all = new ArrayList<>(memberships);
    all.addAll(AccessCatalog.ofTheDatabaseOwner(itself, within));
    Roles roles = new Roles(within, all);
    List<Holding> holdings = new ArrayList<>();
    for (List<Row> rows : objects) {
      SecuredObject object = AccessCatalog.object(rows);
      if (object.kind() == ObjectKind.COLUMN) {
        continue; // With its table.
      }
      Row row = rows.getFirst();
      boolean inSchema = object.kind().inSchema();
      var target =
          new Target(
              itself,
              inSchema ? Optional.of(schemas.get(row.getString("schema"))) : Optional.empty(),
              object,
              object.kind() == ObjectKind.TABLE
                  ? columns.getOrDefault(row.getLong("oid"), List.of())
                  : List.of(),
              false);
      List<Access> access =
          WhoCan.of(target, target.privileges(), roles, role -> role.oid() == subject);
      if (!access.isEmpty()) {
        var name =
            new ObjectName(
                database,
                Optional.ofNullable(row.getString("schema")),
                Optional.ofNullable(row.getString("name")),
                Optional.empty(),
                object.kind() == ObjectKind.ROUTINE
                    ? Optional.of(AccessCatalog.texts(row, "types"))
                    : Optional.empty());
        holdings.add(new Holding(name.toString(), AccessCatalog.word(object.kind()), access));
      }
    }
    holdings.sort(Comparator.comparing(Holding::object));
    return holdings;
  }
}
