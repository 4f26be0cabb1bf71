package io.pgscim.applier.drift;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.cluster.Watch;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.events.Cause;
import io.pgscim.events.DriftReported;
import io.pgscim.messaging.Outbox;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Compares the cluster with its policy when it is time, and when somebody asks. It works beside the
 * writer on connections of its own; what is to be healed is left to the writer, who alone changes
 * roles.
 */
public final class DriftWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DriftWatch.class);
  private static final String SELF = "drift";
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /**
   * What the writer is to put right.
   *
   * @param people the users of whom something can be put right, in order
   */
  public record Healing(List<String> people, Cause cause) {}

  private record Request(Cause cause, boolean heal) {}

  private final Supplier<Session> home;
  private final Function<String, Session> database;
  private final Outbox outbox;
  private final Runnable recorded;
  private final Duration every;
  private final AtomicReference<Request> requested = new AtomicReference<>();
  private final AtomicReference<Healing> healing = new AtomicReference<>();
  private final Watch watch;
  private volatile Ruling ruling;
  private Instant due;
  private Instant retry = Instant.EPOCH;

  /**
   * @param home connects to the home database
   * @param database connects to a database of that name
   * @param recorded called when events were committed
   * @param every how often it looks unasked; zero = never
   */
  public DriftWatch(
      Supplier<Session> home,
      Function<String, Session> database,
      Outbox outbox,
      Runnable recorded,
      Duration every) {
    this.home = home;
    this.database = database;
    this.outbox = outbox;
    this.recorded = recorded;
    this.every = every;
    this.watch = new Watch("drift-watch", LOOK, this::lookUnlessTooSoon);
    watch.start();
  }

  /**
   * Under which policy to look. While the cluster is being made what that policy says, there is no
   * drift to speak of.
   *
   * @param inForce empty: not now
   */
  public void under(Optional<Ruling> inForce) {
    ruling = inForce.orElse(null);
  }

  /** What a request or the schedule is known by. */
  public static Cause cause(String actor) {
    return new Cause(SELF + "/" + UUID.randomUUID(), actor, Instant.now(), null);
  }

  /**
   * Has everything looked at.
   *
   * @param heal whether what pgscim can put right is to be put right
   * @return false when that is being done already
   */
  public boolean request(Cause cause, boolean heal) {
    boolean accepted = requested.compareAndSet(null, new Request(cause, heal));
    watch.wake();
    return accepted;
  }

  /** What is to be healed, once. */
  public Optional<Healing> toHeal() {
    return Optional.ofNullable(healing.getAndSet(null));
  }

  @Override
  public void close() {
    watch.close();
  }

  private void lookUnlessTooSoon(boolean asked) {
    Ruling now = ruling;
    if (now != null && !Instant.now().isBefore(retry)) {
      retry = look(now) ? Instant.EPOCH : Instant.now().plus(RETRY);
    }
  }

  /** False when the cluster was away: what was asked for stays asked for. */
  private boolean look(Ruling now) {
    try {
      if (isDue()) {
        requested.compareAndSet(null, new Request(cause(SELF), false));
      }
      Request request = requested.get();
      if (request != null) {
        compare(now, request);
        requested.set(null);
      }
      return true;
    } catch (ClusterUnavailable | PgException e) {
      LOG.warnf("drift cannot be looked for, trying again: %s", e.getMessage());
      return false;
    }
  }

  /** The cluster keeps the time, so that a restart neither forgets nor repeats a comparison. */
  private boolean isDue() {
    if (every.isZero()) {
      return false;
    }
    if (due == null) {
      try (Session session = home.get()) {
        due = DriftReports.countedFrom(session).plus(every);
      }
    }
    return !Instant.now().isBefore(due);
  }

  private void compare(Ruling now, Request request) {
    Instant begun = Instant.now();
    try (Session session = home.get()) {
      var scan = new Scan(now, outbox, session, database);
      Findings found = scan.run();
      boolean heal = request.heal() && found.heal();
      DriftReport report =
          found.report(now.policy().cluster(), request.cause(), begun, scan.people(), heal);
      try (Transaction transaction = session.begin()) {
        DriftReports.keep(transaction, report);
        transaction.send(
            outbox.insertSql(),
            Outbox.parameters(List.of(now.report().of(event(now, report), request.cause()))));
        transaction.commit();
      }
      due = Instant.now().plus(every);
      recorded.run();
      LOG.infof(
          "drift txn=%s people=%d found=%s digest=%s took=%dms",
          report.txn(), report.people(), report.found(), report.digest(), report.tookMillis());
      if (heal) {
        healing.set(new Healing(found.people(), request.cause()));
      }
    }
  }

  private static DriftReported event(Ruling now, DriftReport report) {
    return new DriftReported(
        now.report().reporter(),
        report.cluster(),
        report.digest(),
        report.people(),
        report.found(),
        report.healing(),
        report.tookMillis());
  }
}
