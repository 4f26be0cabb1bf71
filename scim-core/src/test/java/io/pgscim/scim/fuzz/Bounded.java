package io.pgscim.scim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pgscim.scim.ScimException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Whatever is sent: an answer or a refusal, nothing else, in bounded time and memory.
 *
 * @param bytes most that may be allocated for an input
 */
record Bounded(Duration time, long bytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Runs it.
   *
   * @return whether it was understood
   */
  boolean run(Supplier<String> input, Runnable reading) {
    long began = System.nanoTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    boolean understood = understood(input, reading);
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    long took = System.nanoTime() - began;
    // A pause of the machine is not the input's: what is slow is slow again.
    for (int again = 0; took > time.toNanos() && again < 3; again++) {
      began = System.nanoTime();
      understood(input, reading);
      took = Math.min(took, System.nanoTime() - began);
    }
    if (took > time.toNanos() || allocated > bytes) {
      throw new AssertionError(
          "took " + took / 1_000 + " µs and " + allocated + " bytes: " + input.get());
    }
    return understood;
  }

  private static boolean understood(Supplier<String> input, Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (ScimException refused) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(2_000);
      return false;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw new AssertionError(input.get(), e);
    }
  }
}
