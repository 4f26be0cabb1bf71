package io.pgscim.applier.sessions;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.vertx.pgclient.PgException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Sees to the sessions on one server, on connections of its own: none waits for another. */
final class PlaceWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PlaceWatch.class);
  private static final long IDLE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  /** Tells one PostgreSQL cluster from another; all its standbys have the same. */
  private static final String IDENTITY = "SELECT system_identifier FROM pg_control_system()";

  private final String place;
  private final Supplier<Session> connect;
  private final Optional<Reader> reader;
  private final Function<Session, Predicate<SessionEnder.Look>> afterwards;
  private final Consumer<String> problem;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param connect to the primary's home database
   * @param reader empty for the primary itself
   * @param afterwards made of a connection to the home database, told of every look; says whether
   *     it got anything done
   * @param problem told what keeps the server from answering; null when nothing does
   */
  PlaceWatch(
      String place,
      Supplier<Session> connect,
      Optional<Reader> reader,
      Function<Session, Predicate<SessionEnder.Look>> afterwards,
      Consumer<String> problem) {
    this.place = place;
    this.connect = connect;
    this.reader = reader;
    this.afterwards = afterwards;
    this.problem = problem;
    this.thread = Thread.ofVirtual().name("session-watch-" + place).start(this::run);
  }

  void wake() {
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
    String before = null;
    while (!closed) {
      try (Session home = connect.get()) {
        if (reader.isEmpty()) {
          watch(home, home);
        } else {
          try (Session there = reader.get().connect().get()) {
            if (isOfTheSameCluster(home, there)) {
              watch(home, there);
            } else {
              problem.accept("it is no standby of this cluster; correct pgscim.cluster.readers");
              pause(IDLE_MILLIS);
            }
          }
        }
      } catch (ClusterUnavailable | PgException e) {
        String now = "it does not answer: " + e.getMessage();
        if (!now.equals(before)) {
          LOG.warnf("session watch interrupted, trying again place=%s %s", place, now);
        }
        before = now;
        problem.accept(now);
        pause(IDLE_MILLIS);
      }
    }
  }

  /** Roles are told apart by their oids, which mean nothing on another cluster. */
  private static boolean isOfTheSameCluster(Session home, Session there) {
    return home.ask(IDENTITY)
        .iterator()
        .next()
        .getLong(0)
        .equals(there.ask(IDENTITY).iterator().next().getLong(0));
  }

  private void watch(Session home, Session there) {
    var ender = new SessionEnder(place, home, there);
    Predicate<SessionEnder.Look> after = afterwards.apply(home);
    long pause = 1;
    while (!closed) {
      SessionEnder.Look look = ender.look();
      problem.accept(null);
      boolean progress = after.test(look) || look == SessionEnder.Look.SOME_GONE;
      if (progress) {
        pause = 1;
      } else if (look == SessionEnder.Look.NOTHING_PENDING) {
        pause = 1;
        pause(IDLE_MILLIS);
      } else {
        pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
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
