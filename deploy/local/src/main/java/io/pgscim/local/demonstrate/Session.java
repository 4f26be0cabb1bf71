package io.pgscim.local.demonstrate;

import io.pgscim.parts.PartsException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Somebody's connection to the sample application. */
final class Session implements AutoCloseable {
  private final Connection connection;

  private Session(Connection connection) {
    this.connection = connection;
  }

  /**
   * Logs in.
   *
   * @param url a libpq URI without a user
   * @throws SQLException as the server says it
   */
  static Session of(String url, String role) throws SQLException {
    return new Session(DriverManager.getConnection("jdbc:" + url, role, ""));
  }

  /** Runs a query. */
  Table ask(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return table(rows);
      }
    }
  }

  /** Runs a command; returns how many rows it changed. */
  int change(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** What the server says to a trivial query: nothing, or why not. */
  String complaint() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      return "";
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  private static Table table(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> heading = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      heading.add(columns.getColumnLabel(column));
    }
    List<List<String>> all = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= heading.size(); column++) {
        String text = rows.getString(column);
        row.add(text == null ? "" : text);
      }
      all.add(row);
    }
    return new Table(heading, all);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new PartsException("a connection could not be closed: " + e.getMessage(), e);
    }
  }
}
