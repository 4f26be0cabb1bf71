package io.pgscim.endtoend;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The managed cluster, as an administrator or anybody else sees it. */
public final class Cluster {
  private final String jdbc;

  /**
   * @param url libpq URI with the administrator's name: {@code postgresql://postgres@host:port/app}
   */
  Cluster(String url) {
    this.jdbc = "jdbc:" + url.replaceFirst("//[^@/]*@", "//");
  }

  /** The same cluster, another database. */
  public Cluster in(String database) {
    return new Cluster(jdbc.substring("jdbc:".length(), jdbc.lastIndexOf('/') + 1) + database);
  }

  /** Where it listens on 127.0.0.1. */
  public int port() {
    return URI.create(jdbc.substring("jdbc:".length())).getPort();
  }

  /** A session of that role; the caller closes it. */
  public Connection connect(String role) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", "");
    return DriverManager.getConnection(jdbc, properties);
  }

  /** The first column of every row. */
  public List<String> list(String sql, Object... parameters) {
    try (Connection connection = connect("postgres");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> column = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          column.add(rows.getString(1));
        }
      }
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean canLogin(String role) {
    return list("SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname = ?", role).size() == 1;
  }

  /** The roles that it is a direct member of, in order; whoever granted them. */
  List<String> memberships(String role) {
    return list(
        """
        SELECT DISTINCT g.rolname FROM pg_auth_members m
        JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
        WHERE u.rolname = ? ORDER BY 1
        """,
        role);
  }

  /**
   * Everything that pgscim decides on, with the transaction that last wrote each row: equal twice =
   * untouched.
   */
  List<String> everything() {
    return list(
        """
        SELECT 'role ' || rolname || ' ' || rolcanlogin || ' ' || rolconnlimit || ' ' || xmin FROM pg_authid
        UNION ALL
        SELECT 'member ' || roleid || ' ' || member || ' ' || grantor || ' ' || xmin FROM pg_auth_members
        UNION ALL
        SELECT 'class ' || oid::regclass || ' ' || coalesce(relacl::text, '') || ' ' || xmin FROM pg_class
        WHERE relnamespace IN ('sales'::regnamespace, 'crm'::regnamespace)
        ORDER BY 1
        """);
  }
}
