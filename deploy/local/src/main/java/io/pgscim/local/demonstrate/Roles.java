package io.pgscim.local.demonstrate;

import io.pgscim.parts.PartsException;
import java.sql.SQLException;

/** The cluster's roles, as an administrator sees them in the catalogs. */
final class Roles implements AutoCloseable {
  private static final String TABLE =
      """
      SELECT r.rolname AS role, CASE WHEN r.rolcanlogin THEN 'yes' ELSE 'no' END AS "may log in",
             coalesce(string_agg(DISTINCT access.rolname, ', '), '') AS "member of"
      FROM pg_roles r
      LEFT JOIN pg_auth_members m ON m.member = r.oid
      LEFT JOIN pg_roles access ON access.oid = m.roleid
      WHERE r.rolname = ANY (string_to_array(?, ' '))
      GROUP BY r.rolname, r.rolcanlogin ORDER BY 1""";
  private static final String MEMBER =
      """
      SELECT FROM pg_auth_members m
      JOIN pg_roles person ON person.oid = m.member
      JOIN pg_roles access ON access.oid = m.roleid
      WHERE person.rolname = ? AND access.rolname = ?""";

  private final Session administrator;

  private Roles(Session administrator) {
    this.administrator = administrator;
  }

  /**
   * @param url a libpq URI without a user
   */
  static Roles in(String url) {
    try {
      return new Roles(Session.of(url, "postgres"));
    } catch (SQLException e) {
      throw new PartsException("PostgreSQL does not answer: " + e.getMessage(), e);
    }
  }

  Table table(String... roles) throws SQLException {
    return administrator.ask(TABLE, String.join(" ", roles));
  }

  void awaitRole(String role) {
    Patience.await("a role " + role, () -> has("SELECT FROM pg_roles WHERE rolname = ?", role));
  }

  void awaitMember(String role, String accessRole) {
    Patience.await(role + " gets " + accessRole, () -> has(MEMBER, role, accessRole));
  }

  void awaitNoMember(String role, String accessRole) {
    Patience.await(role + " loses " + accessRole, () -> !has(MEMBER, role, accessRole));
  }

  void awaitNoSession(String role) {
    Patience.await(
        role + " has no session left",
        () -> !has("SELECT FROM pg_stat_activity WHERE usename = ?", role));
  }

  private boolean has(String query, Object... parameters) {
    try {
      return !administrator.ask(query, parameters).rows().isEmpty();
    } catch (SQLException e) {
      throw new PartsException("a look into the catalogs failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    administrator.close();
  }
}
