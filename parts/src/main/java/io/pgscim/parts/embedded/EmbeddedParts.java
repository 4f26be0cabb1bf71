package io.pgscim.parts.embedded;

import io.pgscim.parts.Broker;
import io.pgscim.parts.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Brokers and databases for tests: in a temporary folder of their own, which goes when they are
 * closed.
 */
public final class EmbeddedParts {

  private EmbeddedParts() {}

  /** A new broker, running. */
  public static Broker broker() {
    Path folder = temporaryFolder("pgscim-broker-");
    Broker broker = new EmbeddedBroker(EmbeddedBroker.Settings.in(folder));
    broker.start();
    return new TemporaryBroker(broker, folder);
  }

  /** A new database server of the bundled version, running. */
  public static Database database() {
    return database(PostgresBinaries.bundled());
  }

  /** A new database server of any version, running. */
  public static Database database(PostgresBinaries binaries) {
    Path folder = temporaryFolder("pgscim-database-");
    Database database = new EmbeddedDatabase(EmbeddedDatabase.Settings.in(folder, binaries));
    database.start();
    return new TemporaryDatabase(database, folder);
  }

  private static Path temporaryFolder(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody needs its data any more, so it is killed rather than stopped. */
  private record TemporaryBroker(Broker broker, Path folder) implements Broker {
    @Override
    public String bootstrapServers() {
      return broker.bootstrapServers();
    }

    @Override
    public void stop() {
      broker.stop();
    }

    @Override
    public void start() {
      broker.start();
    }

    @Override
    public void kill() {
      broker.kill();
    }

    @Override
    public void close() {
      broker.kill();
      delete(folder);
    }
  }

  /** Nobody needs its data any more, so it is killed rather than stopped. */
  private record TemporaryDatabase(Database database, Path folder) implements Database {
    @Override
    public String host() {
      return database.host();
    }

    @Override
    public int port() {
      return database.port();
    }

    @Override
    public void stop() {
      database.stop();
    }

    @Override
    public void start() {
      database.start();
    }

    @Override
    public void kill() {
      database.kill();
    }

    @Override
    public void close() {
      database.kill();
      delete(folder);
    }
  }
}
