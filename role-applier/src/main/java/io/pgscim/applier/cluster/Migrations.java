package io.pgscim.applier.cluster;

import io.pgscim.applier.plan.Dialect;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema {@code pgscim} of the home database up to date. */
public final class Migrations {
  /** The schema that holds everything pgscim keeps in a cluster. */
  public static final String SCHEMA = "pgscim";

  private Migrations() {}

  /**
   * Makes the views by which the catalogs are read: alike whatever the major version is, which may
   * be another one since the schema was made. Only the writer may call this, after {@link #run}.
   */
  public static void adapt(Session session, Dialect dialect) {
    session.run(
        Sql.of(
            Migrations.class,
            switch (dialect) {
              case OPTIONS -> "auth_members";
              case PLAIN -> "auth_members_plain";
            }));
    session.run(Sql.of(Migrations.class, "views"));
  }

  /**
   * Creates or upgrades the schema. Only the writer may call this.
   *
   * @throws ClusterUnavailable when the database cannot be reached or refuses
   */
  public static void run(Address address) {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(address.jdbcUrl(), address.username(), address.password())
          .schemas(SCHEMA)
          .locations("classpath:db/outbox", "classpath:db/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new ClusterUnavailable(
          "the schema " + SCHEMA + " cannot be brought up to date: " + e.getMessage(), e);
    }
  }
}
