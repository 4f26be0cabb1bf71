package io.pgscim.applier.privileges;

import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.sql.Identifier;

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
   * What an owner will create: default privileges.
   *
   * @param schema null = in every schema
   * @param kind {@code TABLE} or {@code SEQUENCE}
   */
  record FutureRef(String owner, String schema, ObjectKind kind) implements ObjectRef {}

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
      case FutureRef(String owner, String schema, ObjectKind kind) ->
          "future "
              + (kind == ObjectKind.TABLE ? "tables" : "sequences")
              + " of "
              + owner
              + " in "
              + database
              + (schema == null ? "" : "." + schema);
    };
  }

  /** The statement that grants or revokes on it. */
  default String sql(boolean grant, String privileges, String database, String role) {
    String verb = grant ? "GRANT " : "REVOKE ";
    String preposition = grant ? " TO " : " FROM ";
    String grantee = preposition + Identifier.quoted(role) + (grant ? "" : " CASCADE");
    return switch (this) {
      case DatabaseRef d ->
          verb + privileges + " ON DATABASE " + Identifier.quoted(database) + grantee;
      case SchemaRef(String schema) ->
          verb + privileges + " ON SCHEMA " + Identifier.quoted(schema) + grantee;
      case TableRef(String schema, String table) ->
          verb + privileges + " ON TABLE " + Identifier.quoted(schema, table) + grantee;
      case ColumnRef(String schema, String table, String column) ->
          verb
              + privileges.replace(", ", " (" + Identifier.quoted(column) + "), ")
              + " ("
              + Identifier.quoted(column)
              + ") ON TABLE "
              + Identifier.quoted(schema, table)
              + grantee;
      case SequenceRef(String schema, String sequence) ->
          verb + privileges + " ON SEQUENCE " + Identifier.quoted(schema, sequence) + grantee;
      case FutureRef(String owner, String schema, ObjectKind kind) ->
          "ALTER DEFAULT PRIVILEGES FOR ROLE "
              + Identifier.quoted(owner)
              + (schema == null ? "" : " IN SCHEMA " + Identifier.quoted(schema))
              + " "
              + verb
              + privileges
              + (kind == ObjectKind.TABLE ? " ON TABLES" : " ON SEQUENCES")
              + preposition
              + Identifier.quoted(role);
    };
  }
}
