package io.pgscim.local.command;

import io.pgscim.local.home.RunState;
import io.pgscim.local.home.RunState.PartState;
import io.pgscim.local.supervise.Supervised;
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
  private static final String READY = Supervised.State.READY.word();
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
        ROW, "supervisor", state.ready() ? READY : "starting", state.supervisor().pid(), "-");
    for (PartState part : state.parts()) {
      System.out.printf(
          ROW,
          part.name(),
          seen(part),
          part.process() == null ? "-" : part.process().pid(),
          "127.0.0.1:" + part.port());
    }
    System.out.println("data    " + data.folder());
    System.out.println("policy  " + state.policy());
    if (data.home().isDiskFull()) {
      System.out.println("The disk is full: what runs may fail at any moment.");
    }
    return state.ready() && state.parts().stream().allMatch(part -> seen(part).equals(READY))
        ? 0
        : 1;
  }

  /** What is written down, unless a look at the process says otherwise. */
  private static String seen(PartState part) {
    boolean runs = part.process() != null && part.process().running().isPresent();
    return part.state().equals(READY) && !runs ? "gone" : part.state();
  }
}
