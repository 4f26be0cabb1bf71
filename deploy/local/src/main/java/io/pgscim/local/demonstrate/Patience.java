package io.pgscim.local.demonstrate;

import io.pgscim.parts.PartsException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what follows from a push. */
final class Patience {
  private static final long LIMIT_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private Patience() {}

  /**
   * Returns once it is so.
   *
   * @param what what is waited for, for the message
   * @throws PartsException when it does not come about
   */
  static void await(String what, BooleanSupplier isSo) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new PartsException(
            "waited 15 s in vain for this: " + what + "; the logs may tell why");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
