package io.pgscim.applier.sessions;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.report.Report;
import io.pgscim.messaging.Outbox;
import io.vertx.pgclient.PgException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Works beside the writer, on a connection of its own: ending sessions waits for others, and no
 * change of a role has to wait for that.
 */
public final class SessionWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SessionWatch.class);
  private static final long IDLE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final Supplier<Session> connect;
  private final Outbox outbox;
  private final Report report;
  private final Runnable recorded;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param recorded called when events were committed
   */
  public SessionWatch(Supplier<Session> connect, Outbox outbox, Report report, Runnable recorded) {
    this.connect = connect;
    this.outbox = outbox;
    this.report = report;
    this.recorded = recorded;
    this.thread = Thread.ofVirtual().name("session-watch").start(this::run);
  }

  /** A revocation was committed. */
  public void wake() {
    wakes.release();
  }

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
    while (!closed) {
      try (Session session = connect.get()) {
        watch(new SessionEnder(session, outbox, report));
      } catch (ClusterUnavailable | PgException e) {
        LOG.warnf("session watch interrupted, trying again: %s", e.getMessage());
        pause(IDLE_MILLIS);
      }
    }
  }

  private void watch(SessionEnder ender) {
    long pause = 1;
    while (!closed) {
      switch (ender.look()) {
        case NOTHING_PENDING -> {
          pause = 1;
          pause(IDLE_MILLIS);
        }
        case SOME_PROVEN -> {
          recorded.run();
          pause = 1;
        }
        case ALL_WAITING -> {
          pause(pause);
          pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
      }
    }
  }

  private void pause(long millis) {
    try {
      if (wakes.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
