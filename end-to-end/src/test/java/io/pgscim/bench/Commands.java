package io.pgscim.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Commands that are run to their end. */
final class Commands {
  private Commands() {}

  /** How long it took; fails when it does. */
  static Duration timed(String... command) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", List.of(command)) + " failed: " + output);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
