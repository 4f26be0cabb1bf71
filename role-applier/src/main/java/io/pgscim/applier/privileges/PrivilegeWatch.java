package io.pgscim.applier.privileges;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Watch;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.events.Cause;
import io.pgscim.messaging.Outbox;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Works beside the writer: a database that is slow or away must not hold up people's roles. A
 * database that fails is tried again until it does not.
 */
public final class PrivilegeWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PrivilegeWatch.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private record Request(Ruling ruling, Cause cause, boolean taking) {}

  private final Supplier<Session> home;
  private final Function<String, Session> database;
  private final Outbox outbox;
  private final Runnable recorded;
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private final Watch watch;
  private volatile Request requested;
  private volatile Request done;

  /**
   * @param home connects to the home database
   * @param database connects to a database of that name
   * @param recorded called when events were committed
   */
  public PrivilegeWatch(
      Supplier<Session> home,
      Function<String, Session> database,
      Outbox outbox,
      Runnable recorded) {
    this.home = home;
    this.database = database;
    this.outbox = outbox;
    this.recorded = recorded;
    this.watch = new Watch("privilege-watch", RETRY, this::look);
    watch.start();
  }

  /**
   * Has every database of the policy looked at.
   *
   * @param taking whether privileges may also be revoked
   */
  public void request(Ruling ruling, Cause cause, boolean taking) {
    requested = new Request(ruling, cause, taking);
    watch.wake();
  }

  /** Nothing is looked at until the next request. */
  public void forget() {
    requested = null;
  }

  /** Whether every database was looked at since the last request, whatever came of it. */
  public boolean settled() {
    return done == requested;
  }

  /** What keeps databases from being as the policy says, by database. */
  public Map<String, String> problems() {
    return Map.copyOf(problems);
  }

  /** What would be done in every database now. Reads only. */
  public static Map<String, List<Change>> look(
      Ruling ruling, Session home, Function<String, Session> database, Outbox outbox) {
    Map<String, List<Change>> plans = new LinkedHashMap<>();
    for (String name : ruling.policy().databases()) {
      try (Session session = database.apply(name)) {
        plans.put(name, look(ruling, name, home, session, outbox));
      }
    }
    return plans;
  }

  /**
   * What would be done in one database now. Reads only.
   *
   * @param session connected to it
   */
  public static List<Change> look(
      Ruling ruling, String name, Session home, Session session, Outbox outbox) {
    return List.copyOf(new PrivilegePass(home, session, name, ruling, outbox).look().changes());
  }

  @Override
  public void close() {
    watch.close();
  }

  private void look(boolean asked) {
    Request request = requested;
    if (request != null && (asked || !problems.isEmpty())) {
      passes(request);
    }
  }

  private void passes(Request request) {
    problems.keySet().retainAll(request.ruling().policy().databases());
    for (String name : request.ruling().policy().databases()) {
      try (Session atHome = home.get();
          Session session = database.apply(name)) {
        int changes =
            new PrivilegePass(atHome, session, name, request.ruling(), outbox)
                .run(request.cause(), request.taking());
        if (problems.remove(name) != null || changes > 0) {
          LOG.infof("privileges reconciled database=%s changes=%d", name, changes);
        }
        recorded.run();
      } catch (ClusterUnavailable | PgException e) {
        if (!String.valueOf(e.getMessage()).equals(problems.put(name, "" + e.getMessage()))) {
          LOG.warnf("database %s cannot be reconciled, trying again: %s", name, e.getMessage());
        }
      }
    }
    done = request;
  }
}
