package io.pgscim.local.supervise;

import io.pgscim.parts.PartsException;
import io.pgscim.parts.process.ChildProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A part that is started again when it dies without having been asked to: after 0.2 s, then twice
 * as long each time; a part that dies {@value #GIVE_UP_AFTER} times within a minute is left alone.
 */
public final class Supervised {
  private static final int GIVE_UP_AFTER = 5;
  private static final long WITHIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long FIRST_DELAY_MILLIS = 200;

  private final Part part;
  private final Journal journal;
  private final ScheduledExecutorService restarts;
  private final Deque<Long> deaths = new ArrayDeque<>();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean wanted;
  private volatile State state = State.STOPPED;

  /** What is known about the part. */
  public enum State {
    STOPPED,
    STARTING,
    READY,
    RESTARTING,
    FAILED;

    /** The word people read. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param restarts runs the restarts; shut down before the part is stopped for good
   */
  public Supervised(Part part, Journal journal, ScheduledExecutorService restarts) {
    this.part = part;
    this.journal = journal;
    this.restarts = restarts;
  }

  public Part part() {
    return part;
  }

  public State state() {
    return state;
  }

  /**
   * Starts it and returns once it serves; does nothing when it does.
   *
   * @throws PartsException when it does not come up
   */
  public void start() {
    turn.lock();
    try {
      wanted = true;
      if (state != State.READY) {
        startNow(State.STARTING);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Stops it; it stays so. */
  public void stop() {
    end(part::stop);
  }

  /** Ends it with SIGKILL; it stays so until {@link #start}. */
  public void kill() {
    end(part::kill);
  }

  /**
   * A start that is under way fails as soon as its process is gone, so it need not be waited for.
   */
  private void end(Runnable how) {
    wanted = false;
    how.run();
    while (!turn.tryLock()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      how.run();
    }
    try {
      how.run();
      become(State.STOPPED);
    } finally {
      turn.unlock();
    }
  }

  private void startNow(State meanwhile) {
    long begin = System.nanoTime();
    become(meanwhile);
    try {
      part.start();
    } catch (RuntimeException e) {
      become(State.FAILED);
      throw e;
    }
    ChildProcess process = part.process().orElseThrow();
    become(State.READY);
    process.onExit().thenAccept(code -> restarts.execute(() -> died(process, code)));
    journal.say(
        part.name(),
        "ready after %.1f s on 127.0.0.1:%d"
            .formatted((System.nanoTime() - begin) / 1e9, part.port()));
  }

  private void died(ChildProcess process, int code) {
    turn.lock();
    try {
      if (wanted && part.process().filter(now -> now == process).isPresent()) {
        startAgainLater("ended with exit code " + code);
      }
    } finally {
      turn.unlock();
    }
  }

  private void startAgainLater(String reason) {
    long now = System.nanoTime();
    deaths.addLast(now);
    while (now - deaths.getFirst() > WITHIN_NANOS) {
      deaths.removeFirst();
    }
    if (deaths.size() >= GIVE_UP_AFTER) {
      become(State.FAILED);
      journal.say(
          part.name(),
          "%s, for the %dth time within a minute: it stays down".formatted(reason, GIVE_UP_AFTER));
      return;
    }
    long delay = FIRST_DELAY_MILLIS << (deaths.size() - 1);
    become(State.RESTARTING);
    journal.say(part.name(), "%s; starting it again in %.1f s".formatted(reason, delay / 1e3));
    restarts.schedule(this::startAgain, delay, TimeUnit.MILLISECONDS);
  }

  private void startAgain() {
    turn.lock();
    try {
      if (wanted && state == State.RESTARTING) {
        startNow(State.RESTARTING);
      }
    } catch (PartsException e) {
      if (wanted) {
        startAgainLater(e.getMessage());
      }
    } finally {
      turn.unlock();
    }
  }

  private void become(State next) {
    state = next;
    journal.changed();
  }
}
