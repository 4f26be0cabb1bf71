package io.pgscim.ingest;

import io.pgscim.parts.RealParts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A look at the directory behind the service's back. */
final class DirectoryTables {
  private DirectoryTables() {}

  static void empty() {
    execute("TRUNCATE scim.resource CASCADE");
  }

  static void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A table that nobody else can use until this is closed. */
  record Held(Connection connection) implements AutoCloseable {
    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static Held holding(String table) {
    try {
      Connection connection = connect();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      }
      return new Held(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static long number(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first two columns of every row. */
  static Map<String, Set<String>> pairs(String sql) {
    Map<String, Set<String>> pairs = new HashMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        pairs.computeIfAbsent(rows.getString(1), first -> new HashSet<>()).add(rows.getString(2));
      }
      return pairs;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + RealParts.database().url(RealSurroundings.DATABASE),
        RealParts.database().superuser(),
        "");
  }
}
