package io.pgscim.parts.docker;

import io.pgscim.parts.Broker;
import io.pgscim.parts.Database;
import io.pgscim.parts.PartsException;
import org.testcontainers.utility.DockerImageName;

/**
 * Brokers and databases for tests as containers; Testcontainers removes them even when this JVM is
 * killed.
 */
public final class ContainerParts {

  private ContainerParts() {}

  /** Whether a Docker engine answers; where nothing points to one, this costs nothing. */
  public static boolean engineAnswers() {
    return Engine.answering().isPresent();
  }

  /** A new broker, running. */
  public static Broker broker() {
    obtain(ContainerBroker.IMAGE);
    ContainerBroker broker = new ContainerBroker();
    broker.start();
    return broker;
  }

  /** A new database server, running. */
  public static Database database() {
    obtain(ContainerDatabase.IMAGE);
    ContainerDatabase database = new ContainerDatabase();
    database.start();
    return database;
  }

  private static void obtain(DockerImageName image) {
    Engine.answering()
        .orElseThrow(() -> new PartsException("no Docker engine answers"))
        .obtain(image);
  }
}
