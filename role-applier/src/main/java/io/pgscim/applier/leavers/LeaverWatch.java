package io.pgscim.applier.leavers;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Watch;
import io.pgscim.applier.policy.Leaver;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.events.Cause;
import io.pgscim.messaging.Outbox;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Drops, beside the writer, the roles of those who have been away for as long as the policy says.
 * What cannot be dropped is tried again, at leisure, and at once under a new policy.
 */
public final class LeaverWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LeaverWatch.class);
  private static final Duration PACE = Duration.ofSeconds(2);
  private static final int AT_ONCE = 100;
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Supplier<Session> home;
  private final Function<String, Session> database;
  private final Outbox outbox;
  private final Runnable recorded;
  private final Map<String, Instant> postponed = new HashMap<>();
  private final Set<String> freed = new TreeSet<>();
  private final Watch watch;
  private volatile Ruling ruling;

  /**
   * @param home connects to the home database
   * @param database connects to a database of that name
   * @param recorded called when events were committed
   */
  public LeaverWatch(
      Supplier<Session> home,
      Function<String, Session> database,
      Outbox outbox,
      Runnable recorded) {
    this.home = home;
    this.database = database;
    this.outbox = outbox;
    this.recorded = recorded;
    this.watch = new Watch("leaver-watch", PACE, this::look);
    watch.start();
  }

  /** This policy is in force from now on. */
  public void request(Ruling now) {
    ruling = now;
    watch.wake();
  }

  /** Nobody is dropped until the next request. */
  public void forget() {
    ruling = null;
  }

  /** The names that became free since this was asked last. */
  public Set<String> freed() {
    synchronized (freed) {
      Set<String> names = Set.copyOf(freed);
      freed.clear();
      return names;
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  private void look(boolean asked) {
    if (asked) {
      postponed.clear();
    }
    Ruling now = ruling;
    if (now != null && now.policy().loginRoles().leaver().dropAfter().isPresent()) {
      try {
        look(now);
      } catch (ClusterUnavailable | PgException e) {
        LOG.warnf("leavers cannot be looked at, trying again: %s", e.getMessage());
      }
    }
  }

  private void look(Ruling now) {
    Leaver leaver = now.policy().loginRoles().leaver();
    Instant began = Instant.now();
    postponed.values().removeIf(began::isAfter);
    try (Session session = home.get()) {
      for (Leaving one : Leaving.due(session, leaver, postponed.keySet(), AT_ONCE)) {
        if (watch.closed() || ruling != now) {
          return;
        }
        Cause cause = new Cause("leaver/" + UUID.randomUUID(), "leaver", Instant.now(), null);
        var departure =
            new Departure(session, database, leaver.reassignTo(), outbox, now.report(), one, cause);
        if (departure.attempt()) {
          LOG.infof("role of a leaver dropped user=%s", one.userId());
          synchronized (freed) {
            freed.add(one.role());
          }
        } else {
          postponed.put(one.userId(), Instant.now().plus(RETRY));
        }
        recorded.run();
      }
    }
  }
}
