package io.pgscim.local.command;

import io.pgscim.parts.PartsException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;

/** Everything of pgscim on this machine; what {@code deploy/quickstart} runs. */
@Command(
    name = "deploy/quickstart",
    subcommands = {Up.class, Env.class, Status.class, Logs.class, Down.class, Supervise.class},
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Runs everything of pgscim on this machine: Kafka, PostgreSQL with a sample application, and the three"
          + " services. Nothing but a JDK 21 or newer is needed.",
      "",
      "Without a command: starts everything, plays a demonstration, prints where things are, and stays until Ctrl-C."
          + " When it is up already, plays the demonstration there.",
    },
    footer = {
      "",
      "For trying out only: the database lets anybody on this machine log in without a password.",
      "Exit codes: 0 all well, 1 it did not work (the reason is printed), 2 wrong usage."
    })
public final class Quickstart implements Callable<Integer> {
  @Mixin private StartOptions options;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Quickstart())
            .setExecutionExceptionHandler(Quickstart::explain)
            .setUsageHelpAutoWidth(false)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    return new Foreground(options).run();
  }

  /** Expected failures are a sentence; only what nobody thought of shows where it came from. */
  private static int explain(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof PartsException) {
      System.err.println("quickstart: " + failure.getMessage());
    } else if (failure instanceof UncheckedIOException) {
      System.err.println(
          "quickstart: a file could not be read or written: " + failure.getCause().getMessage());
    } else {
      throw failure;
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
