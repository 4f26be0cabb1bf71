package io.pgscim.endtoend;

import java.time.Duration;
import java.time.Instant;

/** Waits for what is promised soon. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Eventually() {}

  /** An assertion that may fail for a while. */
  interface Assertion {
    void run() throws Exception;
  }

  /**
   * Tries again on a failed assertion only: any other exception is a defect of the test or the
   * product.
   */
  static void eventually(Assertion assertion) throws Exception {
    Instant deadline = Instant.now().plus(LIMIT);
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError e) {
        if (Instant.now().isAfter(deadline)) {
          throw e;
        }
        Scim.sleep(Duration.ofMillis(20));
      }
    }
  }
}
