package io.pgscim.parts.docker;

import io.pgscim.parts.Database;
import java.sql.DriverManager;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL's official image, with the same open door as the embedded server. */
final class ContainerDatabase implements Database {
  static final DockerImageName IMAGE = DockerImageName.parse("postgres:18");

  private final FixedPortContainer container =
      new FixedPortContainer(
          new PostgreSQLContainer(IMAGE)
              .withUsername("postgres")
              .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
              .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200"),
          PostgreSQLContainer.POSTGRESQL_PORT);

  @Override
  public String host() {
    return container.host();
  }

  @Override
  public int port() {
    return container.port();
  }

  @Override
  public void start() {
    container.start(
        () -> DriverManager.getConnection("jdbc:" + url("postgres"), superuser(), "").close());
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public void kill() {
    container.kill();
  }

  @Override
  public void close() {
    container.close();
  }
}
