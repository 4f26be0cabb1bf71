package io.pgscim.ingest.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Clients and their secrets from a shell; what {@code scim-ingest/admin} runs. */
@Command(
    name = "scim-ingest/admin",
    subcommands = {
      Bootstrap.class,
      SourcesCommand.class,
      ClientsCommand.class,
      SecretsCommand.class
    },
    sortOptions = false,
    usageHelpWidth = 100,
    description = "Who may use this pgscim: clients of each source, and their secrets.",
    footer = {
      "",
      "bootstrap speaks to the directory's database, configured as for the service (PGSCIM_DIRECTORY_URL,",
      "PGSCIM_DIRECTORY_USERNAME, PGSCIM_DIRECTORY_PASSWORD). The others speak to the admin API of a running",
      "service: ADMIN_URL (default http://127.0.0.1:8080) and ADMIN_TOKEN; without ADMIN_TOKEN the token is",
      "read from standard input. No secret is ever an argument: other users could read it there.",
      "",
      "Exit codes: 0 all well, 1 it did not work (the reason is printed), 2 wrong usage."
    })
final class Admin implements Callable<Integer> {
  static final String NAME = "admin";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Prints this.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  /** Runs a command; the exit code. */
  static int run(String... arguments) {
    return new CommandLine(new Admin())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Admin::explain)
        .execute(arguments);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }

  /** Expected failures are a sentence. */
  private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (!(failure instanceof Failure)) {
      throw failure;
    }
    PrintWriter err = command.getErr();
    err.println("admin: " + failure.getMessage());
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Why it did not work, for whoever asked. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }
}
