package io.pgscim.local.supervise;

import io.pgscim.parts.embedded.EmbeddedBroker;
import io.pgscim.parts.embedded.EmbeddedDatabase;
import io.pgscim.parts.process.ChildProcess;
import java.nio.file.Path;
import java.util.Optional;

/** One process of the system: the broker, the database server or a service. */
public interface Part {

  String name();

  /** Where it listens, on 127.0.0.1. */
  int port();

  /** The file with its output. */
  Path log();

  /**
   * Starts it and returns once it serves.
   *
   * @throws io.pgscim.parts.PartsException when it does not come up
   */
  void start();

  /** Asks it to stop, and waits until it is gone. */
  void stop();

  /** Ends it with SIGKILL, and waits until it is gone. */
  void kill();

  /** The process of the last start; empty before the first. */
  Optional<ChildProcess> process();

  /** The broker as a part. */
  static Part of(EmbeddedBroker broker, int port, Path log) {
    return new Adapted(
        "kafka", port, log, broker::start, broker::stop, broker::kill, broker::process);
  }

  /** The database server as a part. */
  static Part of(EmbeddedDatabase database, Path log) {
    return new Adapted(
        "postgresql",
        database.port(),
        log,
        database::start,
        database::stop,
        database::kill,
        database::process);
  }
}
