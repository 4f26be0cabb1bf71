package io.pgscim.ingest;

import io.pgscim.parts.RealParts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A look at the directory behind the service's back. */
final class DirectoryTables {
  private DirectoryTables() {}

  /** Whether they, or at least their database, were made already. */
  static boolean exist() {
    return number(
            "postgres",
            "SELECT count(*) FROM pg_database WHERE datname = '" + RealSurroundings.DATABASE + "'")
        > 0;
  }

  static void empty() {
    execute("TRUNCATE scim.member, scim.resource");
  }

  static void execute(String sql) {
    try (Connection connection = connect(RealSurroundings.DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static long number(String sql) {
    return number(RealSurroundings.DATABASE, sql);
  }

  private static long number(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + RealParts.database().url(database), RealParts.database().superuser(), "");
  }
}
