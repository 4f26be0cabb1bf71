package io.pgscim.audit.command;

import io.pgscim.audit.verify.LogCheck;
import java.io.PrintWriter;
import java.time.Duration;

/** Says now and then how far long work has come. */
final class Progress {
  private static final long OFTEN = Duration.ofSeconds(2).toNanos();

  private final PrintWriter err;
  private final long size;
  private long last = System.nanoTime();

  Progress(PrintWriter err, long size) {
    this.err = err;
    this.size = size;
  }

  LogCheck.Reader before(LogCheck.Reader reader) {
    return (first, bundle) -> {
      long now = System.nanoTime();
      if (now - last > OFTEN) {
        last = now;
        err.printf("checked %d of %d entries%n", first, size);
        err.flush();
      }
      reader.bundle(first, bundle);
    };
  }
}
