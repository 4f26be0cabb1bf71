package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Privileges on objects of one database. */
public sealed interface ObjectGrant {

  String database();

  /** By PostgreSQL's own words, upper case. */
  Set<String> privileges();

  /** On the database itself. */
  record OnDatabase(String database, Set<String> privileges) implements ObjectGrant {
    public OnDatabase {
      Objects.requireNonNull(database, "database");
      privileges = checked(ObjectKind.DATABASE, privileges);
    }
  }

  /**
   * On objects of one kind; tables are partitioned and foreign ones, views and materialized views
   * too.
   *
   * @param schema the schema they are in; empty for kinds that are in none, and for all schemas:
   *     then all objects that the owners have there
   * @param owners whose future objects are covered too, where all objects are
   */
  record OnObjects(
      String database,
      ObjectKind kind,
      Optional<String> schema,
      Selection objects,
      List<String> owners,
      Set<String> privileges)
      implements ObjectGrant {
    public OnObjects {
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(objects, "objects");
      owners = List.copyOf(owners);
      privileges = checked(kind, privileges);
      if (kind.inSchema() && schema.isEmpty() && !objects.all()) {
        throw new IllegalArgumentException("say in which schema: schema: …");
      }
      if (schema.isPresent() && !kind.inSchema()) {
        throw new IllegalArgumentException(kind.plural() + " are in no schema");
      }
      if (objects.all() && (owners.isEmpty() || !kind.hasFuture())) {
        throw new IllegalArgumentException(
            kind.plural()
                + ": '*' means tomorrow's too: say at the top whose, for example owners:"
                + " [app_owner]");
      }
    }
  }

  /** On some columns of one table. */
  record OnColumns(
      String database, String schema, String table, List<String> columns, Set<String> privileges)
      implements ObjectGrant {
    public OnColumns {
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(table, "table");
      columns = List.copyOf(columns);
      privileges = checked(ObjectKind.COLUMN, privileges);
    }
  }

  private static Set<String> checked(ObjectKind kind, Set<String> privileges) {
    kind.check(privileges);
    return Collections.unmodifiableSet(new TreeSet<>(privileges));
  }
}
