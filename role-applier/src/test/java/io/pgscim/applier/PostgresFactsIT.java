package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.parts.Database;
import io.pgscim.parts.RealParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What PostgreSQL does that the applier is built upon. If one of these fails on a new major
 * version, the package named beside it has to change.
 */
class PostgresFactsIT {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Database database = RealParts.database();
  private final String ada = "fact_ada_" + NUMBERS.incrementAndGet();
  private final String group = "fact_group_" + NUMBERS.get();
  private final String other = "fact_db_" + NUMBERS.get();
  private Connection dba;

  @BeforeEach
  void roles() throws Exception {
    dba = as("postgres");
    run(
        "CREATE ROLE " + ada + " LOGIN",
        "CREATE ROLE " + group,
        "GRANT " + group + " TO " + ada,
        "CREATE TABLE " + group + "_t AS SELECT 1 AS id",
        "GRANT SELECT ON " + group + "_t TO " + group);
  }

  @AfterEach
  void end() throws Exception {
    dba.close();
  }

  /** {@code sessions}: taking rights away ends no session, and the next statement fails. */
  @Test
  void noRevocationEndsASession() throws Exception {
    try (Connection session = as(ada)) {
      read(session);
      run(
          "ALTER ROLE " + ada + " NOLOGIN VALID UNTIL '2020-01-01'",
          "REVOKE " + group + " FROM " + ada);

      assertThat(session.isValid(1)).isTrue();
      refused("42501", () -> read(session));
    }
  }

  /** {@code sessions}: SET ROLE outlives the membership. */
  @Test
  void aSessionThatTookARoleOnKeepsItsRights() throws Exception {
    try (Connection session = as(ada)) {
      execute(session, "SET ROLE " + group);
      run("REVOKE " + group + " FROM " + ada);

      read(session);
      execute(session, "RESET ROLE");
      refused("42501", () -> read(session));
    }
  }

  /** {@code leavers}: a role with sessions can be dropped, and they live on. */
  @Test
  void aRoleCanBeDroppedUnderItsSessions() throws Exception {
    try (Connection session = as(ada)) {
      run("DROP ROLE " + ada);

      assertThat(session.isValid(1)).isTrue();
      assertThatThrownBy(() -> ask(session, "SELECT current_user"))
          .hasMessageContaining("invalid role OID");
    }
  }

  /** {@code sessions}: only a committed NOLOGIN keeps anybody out, and terminating is at once. */
  @Test
  void terminatingIsNotTransactionalAndAnUncommittedNologinStopsNobody() throws Exception {
    try (Connection session = as(ada)) {
      dba.setAutoCommit(false);
      run(
          "ALTER ROLE " + ada + " NOLOGIN",
          "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '"
              + ada
              + "'");

      assertThat(session.isValid(1)).isFalse();
      as(ada).close();
      dba.commit();
      assertThatThrownBy(() -> as(ada)).hasMessageContaining("not permitted to log in");
    }
  }

  /** {@code plan}: a membership is keyed by its grantor, and another's is not revoked. */
  @Test
  void revokingInTheWrongNameWarnsAndChangesNothing() throws Exception {
    String granter = "fact_granter_" + NUMBERS.get();
    run(
        "CREATE ROLE " + granter,
        "GRANT " + group + " TO " + granter + " WITH ADMIN TRUE",
        "GRANT " + group + " TO " + ada + " GRANTED BY " + granter);
    assertThat(memberships()).isEqualTo("2");
    run("REVOKE " + group + " FROM " + ada + " GRANTED BY " + granter);
    assertThat(memberships()).isEqualTo("1");

    try (Statement statement = dba.createStatement()) {
      statement.execute("REVOKE " + group + " FROM " + ada + " GRANTED BY " + granter);
      SQLWarning warning = statement.getWarnings();
      assertThat(warning.getSQLState()).isEqualTo("01000");
    }
    assertThat(memberships()).isEqualTo("1");
  }

  /** {@code leavers}: who gets a leaver's objects lends its rights to the leaver's functions. */
  @Test
  void aReassignedSecurityDefinerFunctionRunsAsItsNewOwner() throws Exception {
    run(
        "CREATE SCHEMA " + ada + " AUTHORIZATION " + ada,
        "GRANT USAGE ON SCHEMA " + ada + " TO PUBLIC");
    try (Connection session = as(ada)) {
      execute(
          session,
          "CREATE FUNCTION "
              + ada
              + ".who() RETURNS text LANGUAGE sql SECURITY DEFINER"
              + " AS 'SELECT current_user::text'");
    }
    run("REASSIGN OWNED BY " + ada + " TO postgres", "CREATE ROLE " + other + " LOGIN");

    try (Connection anybody = as(other)) {
      assertThat(ask(anybody, "SELECT " + ada + ".who()")).isEqualTo("postgres");
    }
  }

  /** {@code leavers}: giving objects away works in one database only, and so does DROP OWNED. */
  @Test
  void whatAnotherDatabaseHoldsKeepsTheRole() throws Exception {
    run("CREATE DATABASE " + other);
    try (Connection there = World.connect(database, other, "postgres")) {
      execute(
          there, "ALTER DEFAULT PRIVILEGES FOR ROLE " + ada + " GRANT SELECT ON TABLES TO PUBLIC");
      execute(there, "CREATE TABLE t (id int)");
      execute(there, "ALTER TABLE t OWNER TO " + ada);
      run("REASSIGN OWNED BY " + ada + " TO postgres", "DROP OWNED BY " + ada);

      refused("2BP01", () -> run("DROP ROLE " + ada));

      execute(there, "REASSIGN OWNED BY " + ada + " TO postgres");
      refused("2BP01", () -> run("DROP ROLE " + ada));
      execute(there, "DROP OWNED BY " + ada);
      run("DROP ROLE " + ada);
    }
  }

  /** {@code wanted}: VALID UNTIL is the password's date and nobody's end. */
  @Test
  void whoIsPastValidUntilLogsInWithoutAPassword() throws Exception {
    run("ALTER ROLE " + ada + " VALID UNTIL '2020-01-01'");

    as(ada).close();
  }

  /** {@code current}, {@code apply}: catalogs are open but for passwords, and DDL rolls back. */
  @Test
  void theCatalogsAreOpenAndRoleChangesRollBack() throws Exception {
    try (Connection session = as(ada)) {
      assertThat(
              ask(
                  session,
                  "SELECT count(*) FROM pg_roles JOIN pg_auth_members ON member = pg_roles.oid"))
          .isNotEqualTo("0");
      refused("42501", () -> ask(session, "SELECT rolpassword FROM pg_authid"));
    }
    dba.setAutoCommit(false);
    run("ALTER ROLE " + ada + " NOLOGIN", "REVOKE " + group + " FROM " + ada);
    refused("25001", () -> run("CREATE DATABASE " + other));
    dba.rollback();
    as(ada).close();
    assertThat(memberships()).isEqualTo("1");
  }

  private Connection as(String role) throws SQLException {
    return World.connect(database, "postgres", role);
  }

  private void read(Connection session) throws SQLException {
    ask(session, "SELECT id FROM " + group + "_t");
  }

  private void run(String... statements) throws SQLException {
    for (String sql : statements) {
      execute(dba, sql);
    }
  }

  private String memberships() throws SQLException {
    return ask(dba, "SELECT count(*) FROM pg_auth_members WHERE member = '" + ada + "'::regrole");
  }

  private static void execute(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void refused(String sqlState, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
  }
}
