package io.pgscim.applier.sessions;

import io.pgscim.applier.cluster.Session;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A standby of the cluster that people log in to.
 *
 * @param name as events and problems call it
 * @param connect connects to it
 */
public record Reader(String name, Supplier<Session> connect) {

  public Reader {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(connect, "connect");
  }
}
