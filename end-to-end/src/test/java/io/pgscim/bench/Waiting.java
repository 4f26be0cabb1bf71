package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what happens after the answer. */
final class Waiting {
  private static final long PAUSE_NANOS = 2_000_000;

  private Waiting() {}

  /** Until no event waits in the directory's outbox; how long that took, in seconds. */
  static double untilPublished(Stack stack) {
    var directory = stack.cluster().in("directory");
    long began = System.nanoTime();
    while (!directory.list("SELECT 1 FROM scim.outbox LIMIT 1").isEmpty()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return (System.nanoTime() - began) / 1e9;
  }
}
