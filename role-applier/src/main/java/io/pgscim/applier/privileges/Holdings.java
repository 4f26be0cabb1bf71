package io.pgscim.applier.privileges;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.privileges.Inventory.Found;
import io.pgscim.applier.privileges.ObjectRef.ColumnRef;
import io.pgscim.applier.privileges.ObjectRef.FutureRef;
import io.pgscim.applier.privileges.ObjectRef.RoutineRef;
import io.pgscim.applier.privileges.ObjectRef.TypeRef;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the catalogs of the database that the transaction is in. */
final class Holdings {
  private static final String HELD = Sql.of(Holdings.class, "held");
  private static final String HELD_BY_PUBLIC = Sql.of(Holdings.class, "held_by_public");
  private static final String INVENTORY = Sql.of(Holdings.class, "inventory");

  private Holdings() {}

  /** The privileges of these roles, by their oids. */
  static Set<Entitlement> of(Transaction transaction, Collection<Long> roles) {
    Set<Entitlement> held = new LinkedHashSet<>();
    for (Row row : transaction.ask(HELD, (Object) roles.toArray(Long[]::new))) {
      held.add(new Entitlement(row.getString("role"), object(row), row.getString("privilege")));
    }
    return held;
  }

  /**
   * The privileges of everybody, outside PostgreSQL's own schemas.
   *
   * @param owners whose future objects are looked at
   */
  static Set<Entitlement> ofPublic(Transaction transaction, Collection<String> owners) {
    Set<Entitlement> held = new LinkedHashSet<>();
    for (Row row : transaction.ask(HELD_BY_PUBLIC, (Object) owners.toArray(String[]::new))) {
      held.add(new Entitlement(Entitlement.PUBLIC, object(row), row.getString("privilege")));
    }
    return held;
  }

  /**
   * What these schemas hold, and what these roles own.
   *
   * @param kinds other kinds are not looked for
   */
  static Inventory inventory(
      Transaction transaction,
      Collection<ObjectKind> kinds,
      Collection<String> schemas,
      Collection<String> owners) {
    int major =
        transaction
            .ask("SELECT current_setting('server_version_num')::int / 10000 AS major")
            .iterator()
            .next()
            .getInteger("major");
    List<Found> found = new ArrayList<>();
    for (Row row :
        transaction.ask(
            INVENTORY,
            kinds.stream().map(Enum::name).toArray(String[]::new),
            schemas.toArray(String[]::new),
            owners.toArray(String[]::new))) {
      found.add(
          new Found(
              ObjectKind.valueOf(row.getString("kind")),
              row.getString("schema"),
              row.getString("name"),
              row.getString("owner"),
              object(row)));
    }
    return new Inventory(major, found);
  }

  /** Rows of all three questions name objects alike. */
  private static ObjectRef object(Row row) {
    ObjectKind kind = ObjectKind.valueOf(row.getString("kind"));
    String schema = row.getString("schema");
    String name = row.getString("name");
    if (row.getBoolean("future")) {
      return new FutureRef(name, schema, kind);
    }
    return switch (kind) {
      case COLUMN -> new ColumnRef(schema, name, row.getArrayOfStrings("parts")[0]);
      case ROUTINE -> new RoutineRef(schema, name, types(row.getArrayOfStrings("parts")));
      default -> ObjectRef.named(kind, schema, name);
    };
  }

  /** Schema and name in turn. */
  private static List<TypeRef> types(String[] parts) {
    List<TypeRef> types = new ArrayList<>();
    for (int i = 0; i < parts.length; i += 2) {
      types.add(new TypeRef(parts[i], parts[i + 1]));
    }
    return types;
  }
}
