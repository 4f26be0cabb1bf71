package io.pgscim.parts;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A running PostgreSQL server that lets anybody log in from this machine without a password. Port
 * and data stay the same from one {@link #start} to the next.
 */
public interface Database extends AutoCloseable {

  /** Where it listens: a loopback address, or the Docker engine's. */
  String host();

  int port();

  /** The bootstrap superuser: {@code postgres}. */
  default String superuser() {
    return "postgres";
  }

  /** {@code postgresql://host:port/database}; with {@code jdbc:} before it, a JDBC URL. */
  default String url(String database) {
    return "postgresql://" + host() + ":" + port() + "/" + database;
  }

  /**
   * Creates an empty database, owned by the superuser.
   *
   * @throws IllegalArgumentException when the name is not a plain lower-case identifier
   */
  default void createDatabase(String name) {
    if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("not a plain lower-case identifier: " + name);
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + url("postgres"), superuser(), "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE \"" + name + "\"");
    } catch (SQLException e) {
      throw new PartsException("database " + name + " could not be created: " + e.getMessage(), e);
    }
  }

  /**
   * Stops it properly (fast shutdown) and waits until it is gone. Does nothing when it is not
   * running.
   */
  void stop();

  /** Starts it again after {@link #stop} or {@link #kill}; returns once it accepts connections. */
  void start();

  /**
   * Ends it as a power cut would (SIGKILL to every one of its processes), and waits until it is
   * gone.
   */
  void kill();

  /** Stops it for good; what was made for this server alone is removed. */
  @Override
  void close();
}
