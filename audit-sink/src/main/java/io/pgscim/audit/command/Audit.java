package io.pgscim.audit.command;

import io.pgscim.audit.entry.NotKept;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.verify.Wrong;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code audit-sink/audit} runs. */
@Command(
    name = "audit",
    subcommands = {
      Verify.class,
      VerifyIndex.class,
      Prove.class,
      VerifyProof.class,
      Show.class,
      Follow.class,
      Export.class,
      ReviewCommand.class,
      PruneCommand.class
    },
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Checks and reads the log of pgscim, trusting neither who wrote it nor who serves it.",
    footer = {
      "",
      "LOG is a folder, or the URL of whatever serves the log: audit-sink itself, or any web server.",
      "",
      "Exit codes: 0 intact, found; 1 broken, not found; 2 wrong use, or unreadable."
    })
public final class Audit implements Callable<Integer> {
  static final int INTACT = 0;
  static final int BROKEN = 1;
  static final int WRONG_USE = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Prints this.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Audit())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Audit::explain);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }

  /** Expected failures are a sentence; only what nobody thought of shows where it came from. */
  private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    PrintWriter err = command.getErr();
    switch (failure) {
      case Wrong wrong -> {
        new Answer(command.getOut(), false).print(wrong.verdict());
        return BROKEN;
      }
      case NotKept pruned -> {
        err.println("audit: " + pruned.getMessage());
        err.flush();
        return BROKEN;
      }
      case Failure refused -> err.println("audit: " + refused.getMessage());
      case NoteException refused -> err.println("audit: " + refused.getMessage());
      case IOException unreadable -> err.println("audit: " + unreadable.getMessage());
      default -> throw failure;
    }
    err.flush();
    return WRONG_USE;
  }

  /** Why it cannot be done, for whoever asked. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }
}
