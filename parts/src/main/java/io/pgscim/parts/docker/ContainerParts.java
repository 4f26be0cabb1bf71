package io.pgscim.parts.docker;

import io.pgscim.parts.Broker;
import io.pgscim.parts.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/**
 * Brokers and databases for tests as containers; Testcontainers removes them even when this JVM is
 * killed.
 */
public final class ContainerParts {

  private ContainerParts() {}

  /** Whether a Docker engine answers; where nothing points to one, this costs nothing. */
  public static boolean engineAnswers() {
    String host = System.getenv("DOCKER_HOST");
    String home = System.getProperty("user.home");
    boolean trace =
        (host != null && !host.isBlank())
            || Files.exists(Path.of("/var/run/docker.sock"))
            || Files.exists(Path.of(home, ".docker", "run", "docker.sock"))
            || Files.exists(Path.of(home, ".testcontainers.properties"))
            || (System.getenv("XDG_RUNTIME_DIR") != null
                && Files.exists(Path.of(System.getenv("XDG_RUNTIME_DIR"), "docker.sock")));
    return trace && DockerClientFactory.instance().isDockerAvailable();
  }

  /** A new broker, running. */
  public static Broker broker() {
    ContainerBroker broker = new ContainerBroker();
    broker.start();
    return broker;
  }

  /** A new database server, running. */
  public static Database database() {
    ContainerDatabase database = new ContainerDatabase();
    database.start();
    return database;
  }
}
