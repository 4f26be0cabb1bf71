package io.pgscim.local.command;

import io.pgscim.local.home.RunState;
import io.pgscim.local.home.RunState.PartState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints each part with its state. */
@Command(
    name = "status",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Prints each part with its state, process and address. Exit code 0 only when all are ready.")
final class Status implements Callable<Integer> {
  private static final String ROW = "%-12s %-10s %-8s %s%n";

  @Mixin private DataOption data;

  @Override
  public Integer call() {
    Optional<RunState> running = data.running();
    if (running.isEmpty()) {
      System.out.println("Nothing runs on " + data.folder() + ".");
      return 1;
    }
    RunState state = running.get();
    System.out.printf(ROW, "part", "state", "process", "address");
    System.out.printf(
        ROW, "supervisor", state.ready() ? "ready" : "starting", state.supervisor().pid(), "-");
    for (PartState part : state.parts()) {
      System.out.printf(
          ROW,
          part.name(),
          part.state(),
          part.process() == null ? "-" : part.process().pid(),
          "127.0.0.1:" + part.port());
    }
    System.out.println("data    " + data.folder());
    System.out.println("policy  " + state.policy());
    return state.ready() && state.parts().stream().allMatch(part -> part.state().equals("ready"))
        ? 0
        : 1;
  }
}
