package io.pgscim.local.command;

import io.pgscim.local.home.Home;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the parts have to say. */
@Command(
    name = "logs",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Prints the last lines of each part's log, each line with the part's name in front.")
final class Logs implements Callable<Integer> {
  private static final long LAST_BYTES = 8 * 1024;

  @Mixin private DataOption data;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what comes, until Ctrl-C.")
  private boolean follow;

  @Parameters(paramLabel = "PART", arity = "0..*", description = "Only these; default: all.")
  private List<String> parts = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Home home = data.home();
    PrefixedLogs logs =
        PrefixedLogs.fromLast(home, parts.isEmpty() ? PrefixedLogs.ALL : parts, LAST_BYTES);
    do {
      logs.print(System.out);
      Thread.sleep(follow ? PrefixedLogs.PAUSE_MILLIS : 0);
    } while (follow);
    return 0;
  }
}
