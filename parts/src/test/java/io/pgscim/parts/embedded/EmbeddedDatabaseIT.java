package io.pgscim.parts.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.parts.Database;
import io.pgscim.parts.PartsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedDatabaseIT {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void start() {
    database = database("one", Map.of());
    database.start();
  }

  @AfterEach
  void stop() {
    database.kill();
  }

  @Test
  void keepsItsDataWhenStoppedAndStartedAgain() throws SQLException {
    database.createDatabase("shop");
    run("shop", "CREATE TABLE t AS SELECT 42 AS answer");

    database.stop();
    database.start();

    assertThat(ask("shop", "SELECT answer FROM t")).isEqualTo("42");
  }

  @Test
  void keepsItsDataWhenKilledAndStartedAgain() throws SQLException {
    run("postgres", "CREATE TABLE t AS SELECT 42 AS answer");

    database.kill();
    database.start();

    assertThat(ask("postgres", "SELECT answer FROM t")).isEqualTo("42");
  }

  @Test
  void runsBesideAnotherOne() throws SQLException {
    Database other = database("two", Map.of());
    other.start();
    try {
      other.createDatabase("only_there");

      assertThat(other.port()).isNotEqualTo(database.port());
      assertThat(ask("postgres", "SELECT count(*) FROM pg_database WHERE datname = 'only_there'"))
          .isEqualTo("0");
    } finally {
      other.kill();
    }
  }

  @Test
  void knowsTheCaseOfEveryLetter() throws SQLException {
    assertThat(ask("postgres", "SELECT lower('ÅSA ÜNAL')")).isEqualTo("åsa ünal");
  }

  @Test
  void letsAnybodyInFromThisMachine() throws SQLException {
    run("postgres", "CREATE ROLE guest LOGIN");

    try (Connection connection =
        DriverManager.getConnection("jdbc:" + database.url("postgres"), "guest", "")) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void survivesAPidFileThatNamesAnotherProcess() throws Exception {
    database.kill();
    Path pidFile = folder.resolve("one/data/postmaster.pid");
    Files.writeString(
        pidFile,
        Files.readString(pidFile).replaceFirst("\\d+", "" + ProcessHandle.current().pid()));

    database.start();

    assertThat(ask("postgres", "SELECT 1")).isEqualTo("1");
  }

  @Test
  void saysWhyItDoesNotStart() {
    Database wrong = database("wrong", Map.of("shared_buffers", "nonsense"));

    assertThatThrownBy(wrong::start)
        .isInstanceOf(PartsException.class)
        .hasMessageContaining("PostgreSQL ended with exit code 1")
        .hasMessageContaining("shared_buffers");
  }

  @Test
  void createsNoDatabaseWithAStrangeName() {
    assertThatThrownBy(() -> database.createDatabase("a\"; DROP DATABASE postgres"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Database database(String name, Map<String, String> parameters) {
    Path directory = folder.resolve(name);
    return new EmbeddedDatabase(
        new EmbeddedDatabase.Settings(
            directory,
            directory.resolve("postgresql.log"),
            FreePort.choose(),
            PostgresBinaries.bundled(),
            false,
            parameters));
  }

  private void run(String name, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + database.url(name), database.superuser(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String name, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + database.url(name), database.superuser(), "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
