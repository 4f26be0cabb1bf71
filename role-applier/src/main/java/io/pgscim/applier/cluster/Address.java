package io.pgscim.applier.cluster;

import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where the cluster is and as whom the applier logs in. */
public final class Address {
  private static final int PREPARED_STATEMENTS = 64;
  private static final int LONGEST_STATEMENT = 16_384;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final PgConnectOptions home;

  /**
   * @param url {@code postgresql://host:port/database}, the database being the home database
   */
  public Address(String url, Optional<String> username, Optional<String> password) {
    this.home = PgConnectOptions.fromUri(Objects.requireNonNull(url, "url"));
    username.ifPresent(home::setUser);
    password.ifPresent(home::setPassword);
    Map<String, String> properties = new HashMap<>(home.getProperties());
    properties.put("application_name", "pgscim");
    // Nothing in a managed database can put itself before PostgreSQL's own functions.
    properties.put("search_path", "pg_catalog");
    properties.put("standard_conforming_strings", "on");
    // Waiting for somebody's lock must not stop everybody's changes: fail, and try again.
    properties.put("lock_timeout", "5s");
    home.setProperties(properties)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
        .setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT)
        .setConnectTimeout((int) CONNECT.toMillis())
        .setTcpKeepAlive(true);
  }

  /** The database that holds the schema {@code pgscim}. */
  public PgConnectOptions home() {
    return new PgConnectOptions(home);
  }

  /** Another database of the same cluster, same login. */
  public PgConnectOptions database(String name) {
    return home().setDatabase(name);
  }

  /** {@code host:port}, as events call the server. */
  public String server() {
    return home.getHost() + ":" + home.getPort();
  }

  /** For Flyway, which knows nothing else. */
  String jdbcUrl() {
    String ssl =
        switch (home.getSslMode()) {
          case DISABLE -> "disable";
          case ALLOW -> "allow";
          case PREFER -> "prefer";
          case REQUIRE -> "require";
          case VERIFY_CA -> "verify-ca";
          case VERIFY_FULL -> "verify-full";
        };
    return "jdbc:postgresql://"
        + home.getHost()
        + ":"
        + home.getPort()
        + "/"
        + home.getDatabase()
        + "?sslmode="
        + ssl;
  }

  String username() {
    return home.getUser();
  }

  String password() {
    return home.getPassword();
  }

  /** Never with the password. */
  @Override
  public String toString() {
    return home.getUser() + "@" + home.getHost() + ":" + home.getPort() + "/" + home.getDatabase();
  }
}
