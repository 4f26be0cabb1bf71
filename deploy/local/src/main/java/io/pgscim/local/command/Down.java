package io.pgscim.local.command;

import io.pgscim.local.home.RunState;
import io.pgscim.parts.PartsException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything. */
@Command(
    name = "down",
    sortOptions = false,
    usageHelpWidth = 100,
    description = "Stops everything in order and returns when all of it is gone. The data stay.")
final class Down implements Callable<Integer> {
  private static final long LIMIT_SECONDS = 120;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Optional<ProcessHandle> supervisor =
        RunState.read(data.home()).map(RunState::supervisor).flatMap(RunState.Pid::running);
    if (supervisor.isEmpty()) {
      System.out.println("Nothing runs on " + data.folder() + ".");
      return 0;
    }
    supervisor.get().destroy();
    try {
      supervisor.get().onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new PartsException(
          "process " + supervisor.get().pid() + " did not end within " + LIMIT_SECONDS + " s", e);
    }
    System.out.println("Stopped. The data stay in " + data.folder() + ".");
    return 0;
  }
}
