package io.pgscim.applier.privileges;

import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.sql.Identifier;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** An object of one database that privileges are granted on. */
sealed interface ObjectRef {

  /** The database itself. */
  record DatabaseRef() implements ObjectRef {}

  /** A schema. */
  record SchemaRef(String schema) implements ObjectRef {}

  /** A table, or what can be granted on like one. */
  record TableRef(String schema, String table) implements ObjectRef {}

  /** A column. */
  record ColumnRef(String schema, String table, String column) implements ObjectRef {}

  /** A sequence. */
  record SequenceRef(String schema, String sequence) implements ObjectRef {}

  /**
   * A function, procedure or aggregate.
   *
   * @param arguments the types of what goes in; null = whichever has this name, for one that does
   *     not exist: PostgreSQL then says so
   */
  record RoutineRef(String schema, String routine, List<TypeRef> arguments) implements ObjectRef {}

  /** A type. */
  record TypeRef(String schema, String type) implements ObjectRef {}

  /** A foreign server. */
  record ServerRef(String server) implements ObjectRef {}

  /**
   * What an owner will create: default privileges.
   *
   * @param schema null = in every schema
   */
  record FutureRef(String owner, String schema, ObjectKind kind) implements ObjectRef {
    public FutureRef {
      Objects.requireNonNull(owner, "owner");
      if (!kind.hasFuture()) {
        throw new IllegalArgumentException(kind + " has no default privileges");
      }
    }
  }

  /** The object of that kind and name. */
  static ObjectRef named(ObjectKind kind, String schema, String name) {
    return switch (kind) {
      case DATABASE -> new DatabaseRef();
      case SCHEMA -> new SchemaRef(name);
      case TABLE -> new TableRef(schema, name);
      case SEQUENCE -> new SequenceRef(schema, name);
      case ROUTINE -> new RoutineRef(schema, name, null);
      case TYPE -> new TypeRef(schema, name);
      case SERVER -> new ServerRef(name);
      case COLUMN -> throw new IllegalArgumentException("a column is of a table");
    };
  }

  /** The object in plain words. */
  default String words(String database) {
    return switch (this) {
      case DatabaseRef d -> "database " + database;
      case SchemaRef(String schema) -> "schema " + database + "." + schema;
      case TableRef(String schema, String table) ->
          "table " + database + "." + schema + "." + table;
      case ColumnRef(String schema, String table, String column) ->
          "column " + database + "." + schema + "." + table + "." + column;
      case SequenceRef(String schema, String sequence) ->
          "sequence " + database + "." + schema + "." + sequence;
      case RoutineRef(String schema, String routine, List<TypeRef> arguments) ->
          "routine "
              + database
              + "."
              + schema
              + "."
              + routine
              + (arguments == null
                  ? ""
                  : arguments.stream()
                      .map(TypeRef::type)
                      .collect(Collectors.joining(", ", "(", ")")));
      case TypeRef(String schema, String type) -> "type " + database + "." + schema + "." + type;
      case ServerRef(String server) -> "foreign server " + database + "." + server;
      case FutureRef(String owner, String schema, ObjectKind kind) ->
          "future "
              + kind.plural()
              + " of "
              + owner
              + " in "
              + database
              + (schema == null ? "" : "." + schema);
    };
  }

  /** The statement that grants or revokes on it. */
  default String sql(boolean grant, String privileges, String database, String grantee) {
    String verb = grant ? "GRANT " : "REVOKE ";
    String whose = (grant ? " TO " : " FROM ") + grantee;
    return this instanceof FutureRef(String owner, String schema, ObjectKind kind)
        ? "ALTER DEFAULT PRIVILEGES FOR ROLE "
            + Identifier.quoted(owner)
            + (schema == null ? "" : " IN SCHEMA " + Identifier.quoted(schema))
            + " "
            + verb
            + privileges
            + " ON "
            + kind.plural().toUpperCase(java.util.Locale.ROOT)
            + whose
        : verb + on(privileges, database) + whose + (grant ? "" : " CASCADE");
  }

  /** {@code SELECT ON TABLE "a"."b"}. */
  private String on(String privileges, String database) {
    return switch (this) {
      case DatabaseRef d -> privileges + " ON DATABASE " + Identifier.quoted(database);
      case SchemaRef(String schema) -> privileges + " ON SCHEMA " + Identifier.quoted(schema);
      case TableRef(String schema, String table) ->
          privileges + " ON TABLE " + Identifier.quoted(schema, table);
      case ColumnRef(String schema, String table, String column) ->
          privileges.replace(", ", " (" + Identifier.quoted(column) + "), ")
              + " ("
              + Identifier.quoted(column)
              + ") ON TABLE "
              + Identifier.quoted(schema, table);
      case SequenceRef(String schema, String sequence) ->
          privileges + " ON SEQUENCE " + Identifier.quoted(schema, sequence);
      case RoutineRef(String schema, String routine, List<TypeRef> arguments) ->
          privileges
              + " ON ROUTINE "
              + Identifier.quoted(schema, routine)
              + (arguments == null
                  ? ""
                  : arguments.stream()
                      .map(type -> Identifier.quoted(type.schema(), type.type()))
                      .collect(Collectors.joining(", ", "(", ")")));
      case TypeRef(String schema, String type) ->
          privileges + " ON TYPE " + Identifier.quoted(schema, type);
      case ServerRef(String server) ->
          privileges + " ON FOREIGN SERVER " + Identifier.quoted(server);
      case FutureRef f -> throw new IllegalStateException("default privileges are altered");
    };
  }
}
