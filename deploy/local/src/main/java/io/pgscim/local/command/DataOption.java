package io.pgscim.local.command;

import io.pgscim.local.home.Home;
import io.pgscim.local.home.RunState;
import io.pgscim.parts.PartsException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which data folder is meant. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data folder, kept from one start to the next. Default: .quickstart in the repository.")
  private Path data;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Prints this.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  /** The repository that this was built in. */
  static Path root() {
    String root = System.getProperty("pgscim.root");
    if (root == null) {
      throw new PartsException("run this as deploy/quickstart");
    }
    return Path.of(root);
  }

  Path folder() {
    return data == null ? root().resolve(".quickstart") : data.toAbsolutePath().normalize();
  }

  Home home() {
    return Home.at(folder());
  }

  /** What runs on the folder, when its supervisor does. */
  Optional<RunState> running() {
    return RunState.read(home()).filter(RunState::isRunning);
  }

  /** How this command is called again for the same folder. */
  String command() {
    return "deploy/quickstart%s"
        .formatted(data == null ? "" : " --data " + ShellWord.quote(folder().toString()));
  }
}
