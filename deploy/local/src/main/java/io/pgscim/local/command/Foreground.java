package io.pgscim.local.command;

import io.pgscim.local.demonstrate.Demonstration;
import io.pgscim.local.home.RunState;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** No command given: the demonstration, and then everything stays until Ctrl-C. */
final class Foreground {
  private final StartOptions options;

  Foreground(StartOptions options) {
    this.options = options;
  }

  int run() throws IOException, InterruptedException {
    Optional<RunState> running = options.data().running().filter(RunState::ready);
    if (running.isPresent()) {
      System.out.println(
          "It is up already (process " + running.get().supervisor().pid() + "): playing there.");
      play(running.get().env());
      return 0;
    }
    System.out.println(
        "Starting everything on this machine; the data stay in " + options.data().folder());
    try (Owned owned = Owned.claim(options.settings())) {
      owned.start();
      play(owned.system().env());
      System.out.println("\nIt stays until Ctrl-C. What the parts have to say, from here on:");
      PrefixedLogs logs = PrefixedLogs.fromLast(options.data().home(), PrefixedLogs.ALL, 0);
      while (true) {
        logs.print(System.out);
        Thread.sleep(PrefixedLogs.PAUSE_MILLIS);
      }
    }
  }

  private void play(Map<String, String> env) throws InterruptedException {
    new Demonstration(env, System.out).play();
    System.out.println();
    System.out.println(WhereThingsAre.afterDemonstration(options.data(), env));
  }
}
