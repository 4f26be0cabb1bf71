package io.pgscim.applier.cluster;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Looks again and again beside the writer, who must not be held up: as soon as it is woken, and
 * every so often unasked. A wake is never lost: one that comes during a look brings another.
 */
public final class Watch implements AutoCloseable {

  /** What is done each time. */
  public interface Look {
    /**
     * @param asked whether somebody woke the watch
     */
    void look(boolean asked);
  }

  private final Duration pace;
  private final Look look;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param pace the longest time between two looks
   */
  public Watch(String name, Duration pace, Look look) {
    this.pace = pace;
    this.look = look;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Has it look at once. */
  public void wake() {
    wakes.release();
  }

  /** Whether a long look should end early. */
  public boolean closed() {
    return closed;
  }

  /** Ends after the look in hand. */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        boolean asked = wakes.tryAcquire(pace.toMillis(), TimeUnit.MILLISECONDS);
        if (asked) {
          wakes.drainPermits();
        }
        if (!closed) {
          look.look(asked);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
