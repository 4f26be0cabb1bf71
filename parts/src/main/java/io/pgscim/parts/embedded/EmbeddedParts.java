package io.pgscim.parts.embedded;

import io.pgscim.parts.Broker;
import io.pgscim.parts.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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

  /** A server and a standby that streams from it. */
  public record Pair(Database primary, Database standby) implements AutoCloseable {
    @Override
    public void close() {
      standby.close();
      primary.close();
    }
  }

  /** A new database server of the bundled version and a hot standby of it, both running. */
  public static Pair pair() {
    PostgresBinaries binaries = PostgresBinaries.bundled();
    Path folder = temporaryFolder("pgscim-database-");
    Path standbyFolder = temporaryFolder("pgscim-standby-");
    var primary = new EmbeddedDatabase(EmbeddedDatabase.Settings.in(folder, binaries));
    primary.start();
    primary.stop();
    primary.copyForStandby(standbyFolder);
    primary.start();
    var usual = EmbeddedDatabase.Settings.in(standbyFolder, binaries);
    var settings =
        new EmbeddedDatabase.Settings(
            usual.directory(),
            usual.log(),
            usual.port(),
            binaries,
            usual.durable(),
            Map.of(
                "primary_conninfo",
                "host=%s port=%d user=%s"
                    .formatted(primary.host(), primary.port(), primary.superuser())));
    var standby = new EmbeddedDatabase(settings);
    standby.start();
    return new Pair(
        new TemporaryDatabase(primary, folder), new TemporaryDatabase(standby, standbyFolder));
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
