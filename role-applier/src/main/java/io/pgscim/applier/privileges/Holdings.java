package io.pgscim.applier.privileges;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.privileges.ObjectRef.ColumnRef;
import io.pgscim.applier.privileges.ObjectRef.DatabaseRef;
import io.pgscim.applier.privileges.ObjectRef.FutureRef;
import io.pgscim.applier.privileges.ObjectRef.SchemaRef;
import io.pgscim.applier.privileges.ObjectRef.SequenceRef;
import io.pgscim.applier.privileges.ObjectRef.TableRef;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the catalogs of the database that the transaction is in. */
final class Holdings {
  private static final String HELD = Sql.of(Holdings.class, "held");
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

  /** What these schemas hold. */
  static Inventory inventory(Transaction transaction, Collection<String> schemas) {
    Map<String, List<String>> tables = new HashMap<>();
    Map<String, List<String>> sequences = new HashMap<>();
    for (Row row : transaction.ask(INVENTORY, (Object) schemas.toArray(String[]::new))) {
      (row.getBoolean("sequence") ? sequences : tables)
          .computeIfAbsent(row.getString("schema"), s -> new ArrayList<>())
          .add(row.getString("name"));
    }
    return new Inventory(tables, sequences);
  }

  private static ObjectRef object(Row row) {
    String schema = row.getString("schema");
    String name = row.getString("name");
    return switch (row.getString("kind")) {
      case "d" -> new DatabaseRef();
      case "n" -> new SchemaRef(schema);
      case "r" -> new TableRef(schema, name);
      case "c" -> new ColumnRef(schema, name, row.getString("part"));
      case "s" -> new SequenceRef(schema, name);
      case "R" -> new FutureRef(name, schema, ObjectKind.TABLE);
      case "S" -> new FutureRef(name, schema, ObjectKind.SEQUENCE);
      case String other -> throw new IllegalStateException("held.sql knows no kind " + other);
    };
  }
}
