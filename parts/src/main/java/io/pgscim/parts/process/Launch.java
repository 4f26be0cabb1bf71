package io.pgscim.parts.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to run and how to end it.
 *
 * @param name what people call it, for messages
 * @param command the program and its arguments; never a secret, since anybody can read a process
 *     list
 * @param environment added to this process's own; the place for secrets
 * @param directory its working directory
 * @param log the file its output is appended to
 * @param stopSignal the signal that asks it to stop properly, without {@code SIG}: {@code TERM},
 *     {@code INT}
 * @param grace how long a proper stop may take before SIGKILL; whole seconds
 */
public record Launch(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    String stopSignal,
    Duration grace) {

  public Launch {
    requireNonNull(name, "name");
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    requireNonNull(directory, "directory");
    requireNonNull(log, "log");
    requireNonNull(stopSignal, "stopSignal");
    if (command.isEmpty()) {
      throw new IllegalArgumentException("nothing to run for " + name);
    }
    if (grace.toSeconds() < 1) {
      throw new IllegalArgumentException("grace of " + name + " is under a second: " + grace);
    }
  }
}
