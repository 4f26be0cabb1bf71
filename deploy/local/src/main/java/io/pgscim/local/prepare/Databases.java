package io.pgscim.local.prepare;

import io.pgscim.parts.Database;
import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The roles and databases that the services and the sample application need. Each step looks first
 * whether it is done and is one transaction, so that a start after an interrupted one goes on where
 * that one stopped.
 */
public final class Databases {
  /** The sample application, which pgscim manages. */
  public static final String APP = "app";

  /** The directory of scim-ingest. */
  public static final String DIRECTORY = "directory";

  /** The home of role-applier in the managed cluster. */
  public static final String PGSCIM = "pgscim";

  /** The second place of audit-sink's checkpoints. */
  public static final String AUDIT = "audit";

  public static final String INGEST_ROLE = "scim_ingest";
  public static final String APPLIER_ROLE = "pgscim_applier";
  private static final String APP_OWNER = "app_owner";

  private final Database server;
  private final Path deploy;

  /**
   * @param deploy the repository's folder {@code deploy}, which holds the SQL
   */
  public Databases(Database server, Path deploy) {
    this.server = server;
    this.deploy = deploy;
  }

  public void prepare() {
    try (Connection postgres = connect("postgres")) {
      run(postgres, resource("roles.sql"));
      createDatabase(postgres, DIRECTORY, INGEST_ROLE);
      createDatabase(postgres, PGSCIM, server.superuser());
      createDatabase(postgres, APP, APP_OWNER);
      createDatabase(postgres, AUDIT, server.superuser());
      letApplierIn();
      letAuditSinkIn();
      fillApp();
    } catch (SQLException e) {
      throw new PartsException("the databases could not be prepared: " + e.getMessage(), e);
    }
  }

  private void letApplierIn() throws SQLException {
    try (Connection pgscim = connect(PGSCIM)) {
      run(pgscim, file("postgres/applier.sql"));
      run(pgscim, file("local/applier-in-app.sql"));
    }
  }

  private void letAuditSinkIn() throws SQLException {
    try (Connection audit = connect(AUDIT)) {
      run(audit, file("postgres/audit.sql"));
    }
  }

  private void fillApp() throws SQLException {
    try (Connection app = connect(APP)) {
      if (!exists(app, "SELECT FROM pg_namespace WHERE nspname = 'sales'")) {
        app.setAutoCommit(false);
        run(app, "SET LOCAL ROLE " + APP_OWNER);
        run(app, file("local/sample-app.sql"));
        app.commit();
      }
    }
  }

  /**
   * Nobody but its owner may connect until somebody is granted it: PostgreSQL lets everybody in by
   * default.
   */
  private static void createDatabase(Connection connection, String name, String owner)
      throws SQLException {
    if (!exists(connection, "SELECT FROM pg_database WHERE datname = '" + name + "'")) {
      run(connection, "CREATE DATABASE " + name + " OWNER " + owner);
    }
    run(connection, "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection("jdbc:" + server.url(database), server.superuser(), "");
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String file(String path) {
    try {
      return Files.readString(deploy.resolve(path));
    } catch (IOException e) {
      throw new PartsException("cannot read deploy/" + path + ": " + e.getMessage(), e);
    }
  }

  private static String resource(String name) {
    try (var in = Databases.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
