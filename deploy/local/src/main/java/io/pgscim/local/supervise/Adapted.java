package io.pgscim.local.supervise;

import io.pgscim.parts.process.ChildProcess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A part made of the operations of something that is already one in all but name. */
record Adapted(
    String name,
    int port,
    Path log,
    Runnable starting,
    Runnable stopping,
    Runnable killing,
    Supplier<Optional<ChildProcess>> running)
    implements Part {

  @Override
  public void start() {
    starting.run();
  }

  @Override
  public void stop() {
    stopping.run();
  }

  @Override
  public void kill() {
    killing.run();
  }

  @Override
  public Optional<ChildProcess> process() {
    return running.get();
  }
}
