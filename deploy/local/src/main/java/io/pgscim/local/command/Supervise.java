package io.pgscim.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code up} leaves running in the background. */
@Command(name = "supervise", hidden = true, description = "Starts everything and stays; for up.")
final class Supervise implements Callable<Integer> {
  @Mixin private StartOptions options;

  @Override
  public Integer call() throws InterruptedException {
    try (Owned owned = Owned.claim(options.settings())) {
      owned.start();
      owned.awaitEnd();
    }
    return 0;
  }
}
