package io.pgscim.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * Moments at a steady rate. What is late was due all the same: whoever measures from these moments
 * measures a stall as often as somebody would have waited in it.
 */
final class Pace {
  private final long nanos;
  private long due = System.nanoTime();

  Pace(double perSecond) {
    this.nanos = Math.round(1e9 / perSecond);
  }

  /** Waits for the next moment; when it is or was, by {@link System#nanoTime}. */
  long next() {
    due += nanos;
    for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
      LockSupport.parkNanos(early);
    }
    return due;
  }
}
