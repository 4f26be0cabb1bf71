package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Privileges that an access role has on objects of one database. */
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

  /** On a schema. */
  record OnSchema(String database, String schema, Set<String> privileges) implements ObjectGrant {
    public OnSchema {
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(schema, "schema");
      privileges = checked(ObjectKind.SCHEMA, privileges);
    }
  }

  /** On tables, partitioned and foreign ones, views and materialized views of a schema. */
  record OnTables(String database, String schema, Selection tables, Set<String> privileges)
      implements ObjectGrant {
    public OnTables {
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(tables, "tables");
      privileges = checked(ObjectKind.TABLE, privileges);
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

  /** On sequences of a schema. */
  record OnSequences(String database, String schema, Selection sequences, Set<String> privileges)
      implements ObjectGrant {
    public OnSequences {
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(sequences, "sequences");
      privileges = checked(ObjectKind.SEQUENCE, privileges);
    }
  }

  private static Set<String> checked(ObjectKind kind, Set<String> privileges) {
    kind.check(privileges);
    return Collections.unmodifiableSet(new TreeSet<>(privileges));
  }
}
