package io.pgscim.applier.sessions;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.report.Report;
import io.pgscim.events.RevocationProven;
import io.pgscim.events.SessionsTerminated;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Sees committed revocations through: ends the sessions that still have the access, looks again
 * until they are gone, reads back from the catalogs that nothing is left, and says so.
 *
 * <p>{@code pg_terminate_backend} is not transactional, and only a committed NOLOGIN keeps anybody
 * out; sessions are therefore looked for after the commit.
 *
 * <ul>
 *   <li>Who may not log in any more must have no session at all.
 *   <li>Who only lost a membership may come back at once: it is the sessions from before that must
 *       end, for {@code SET ROLE} outlives the membership.
 *   <li>A login that was past its checks at the commit, but not yet to be seen, shows up moments
 *       later; so whoever lost the login is looked at once more.
 * </ul>
 *
 * <p>All of its state is in the table, so that it goes on after a crash where it stopped.
 */
final class SessionEnder {
  /** A login takes no longer from its last check to being visible. */
  static final Duration SECOND_LOOK = Duration.ofSeconds(2);

  private static final Logger LOG = Logger.getLogger(SessionEnder.class);
  private static final String PENDING = Sql.of(SessionEnder.class, "pending");
  private static final String NOTE_PIDS = Sql.of(SessionEnder.class, "note_pids");
  private static final String LIVE = Sql.of(SessionEnder.class, "live");
  private static final String READ_BACK = Sql.of(SessionEnder.class, "read_back");

  private final Session session;
  private final Outbox outbox;
  private final Report report;

  SessionEnder(Session session, Outbox outbox, Report report) {
    this.session = session;
    this.outbox = outbox;
    this.report = report;
  }

  /** What a look found. */
  enum Look {
    NOTHING_PENDING,
    SOME_PROVEN,
    ALL_WAITING
  }

  /** Looks once at everything that is pending. */
  Look look() {
    List<Pending> pending = pending();
    if (pending.isEmpty()) {
      return Look.NOTHING_PENDING;
    }
    Map<Long, Set<Integer>> live = live(pending);
    Map<Pending, Set<Integer>> targets = new HashMap<>();
    for (Pending one : pending) {
      Set<Integer> found = one.targets(live.getOrDefault(one.roleOid(), Set.of()));
      if (!found.isEmpty()) {
        targets.put(one, found);
      }
    }
    note(targets);
    terminate(targets.values().stream().flatMap(Set::stream).distinct().toList());
    List<Pending> done = pending.stream().filter(one -> !targets.containsKey(one)).toList();
    report(done);
    return done.isEmpty() ? Look.ALL_WAITING : Look.SOME_PROVEN;
  }

  private List<Pending> pending() {
    List<Pending> pending = new ArrayList<>();
    for (Row row : session.ask(PENDING, (double) SECOND_LOOK.toSeconds())) {
      pending.add(Pending.of(row));
    }
    return pending;
  }

  private Map<Long, Set<Integer>> live(List<Pending> pending) {
    Map<Long, Set<Integer>> live = new HashMap<>();
    Long[] roles = pending.stream().map(Pending::roleOid).distinct().toArray(Long[]::new);
    for (Row row : session.ask(LIVE, (Object) roles)) {
      live.computeIfAbsent(row.getLong("role_oid"), r -> new HashSet<>())
          .add(row.getInteger("pid"));
    }
    return live;
  }

  /** Written down before they are ended: after a crash nobody could tell any more who they were. */
  private void note(Map<Pending, Set<Integer>> targets) {
    List<Long> ids = new ArrayList<>();
    List<Integer> pids = new ArrayList<>();
    targets.forEach(
        (one, found) ->
            found.stream()
                .filter(pid -> !one.told().contains(pid))
                .forEach(
                    pid -> {
                      ids.add(one.id());
                      pids.add(pid);
                    }));
    if (!ids.isEmpty()) {
      session.ask(NOTE_PIDS, ids.toArray(Long[]::new), pids.toArray(Integer[]::new));
    }
  }

  private void terminate(List<Integer> pids) {
    if (pids.isEmpty()) {
      return;
    }
    String sql = "SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) pid";
    try {
      session.ask(sql, (Object) pids.toArray(Integer[]::new));
    } catch (PgException refused) {
      // One that may not be ended, a superuser's, must not save the others.
      for (Integer pid : pids) {
        try {
          session.ask(sql, (Object) new Integer[] {pid});
        } catch (PgException again) {
          LOG.errorf("session cannot be ended pid=%d reason=%s", pid, again.getErrorMessage());
        }
      }
    }
  }

  private void report(List<Pending> done) {
    if (done.isEmpty()) {
      return;
    }
    Set<Long> provable = readBack(done);
    Instant now = Instant.now();
    List<OutgoingRecord> records =
        done.stream().flatMap(one -> events(one, provable.contains(one.id()), now)).toList();
    try (Transaction transaction = session.begin()) {
      if (!records.isEmpty()) {
        transaction.send(outbox.insertSql(), Outbox.parameters(records));
      }
      transaction.send(
          "UPDATE pgscim.revocation SET proven_at = now(), pids = NULL WHERE id = ANY ($1)",
          ids(done.stream().filter(one -> isLookedAtAgain(one, provable))));
      transaction.send(
          "DELETE FROM pgscim.revocation WHERE id = ANY ($1)",
          ids(done.stream().filter(one -> !isLookedAtAgain(one, provable))));
      transaction.commit();
    }
  }

  private Set<Long> readBack(List<Pending> done) {
    Set<Long> provable = new HashSet<>();
    Long[] ids = done.stream().map(Pending::id).toArray(Long[]::new);
    for (Row row : session.ask(READ_BACK, (Object) ids)) {
      provable.add(row.getLong("id"));
    }
    return provable;
  }

  private Stream<OutgoingRecord> events(Pending one, boolean provable, Instant now) {
    List<OutgoingRecord> events = new ArrayList<>();
    if (!one.told().isEmpty()) {
      events.add(
          report.of(
              new SessionsTerminated(
                  report.cluster(),
                  one.role(),
                  one.userId(),
                  one.told().stream().sorted().toList(),
                  one.reason()),
              one.cause()));
    }
    if (!one.proven() && provable) {
      long took = Duration.between(one.cause().requestedAt(), now).toMillis();
      events.add(
          report.of(
              new RevocationProven(
                  report.cluster(), one.role(), one.userId(), took, one.description()),
              one.cause()));
    } else if (!one.proven()) {
      // A later change gave the access back, or the server refused to take it, which was reported.
      LOG.infof("revocation overtaken role=%s txn=%s", one.role(), one.cause().txn());
    }
    return events.stream();
  }

  private static boolean isLookedAtAgain(Pending one, Set<Long> provable) {
    return !one.proven() && one.nobodyMay() && provable.contains(one.id());
  }

  private static Tuple ids(Stream<Pending> pending) {
    return Tuple.of(pending.map(Pending::id).toArray(Long[]::new));
  }
}
