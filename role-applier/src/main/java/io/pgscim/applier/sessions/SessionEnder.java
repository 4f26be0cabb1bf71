package io.pgscim.applier.sessions;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Ends, on one server, the sessions that still have what was taken away, and looks again until they
 * are gone.
 *
 * <p>{@code pg_terminate_backend} is not transactional, and only a committed NOLOGIN keeps anybody
 * out; sessions are therefore looked for after the commit, and on a reader once more after the
 * commit arrived there.
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
  private static final String NOTE_SESSIONS = Sql.of(SessionEnder.class, "note_sessions");
  private static final String NOTE_GONE = Sql.of(SessionEnder.class, "note_gone");

  private final String place;
  private final Session home;
  private final Session here;

  /**
   * @param home connected to the primary's home database
   * @param here connected to the server whose sessions are ended; the same for the primary
   */
  SessionEnder(String place, Session home, Session here) {
    this.place = place;
    this.home = home;
    this.here = here;
  }

  /** What a look found. */
  enum Look {
    NOTHING_PENDING,
    SOME_GONE,
    ALL_WAITING
  }

  /** Looks once at everything that is pending. */
  Look look() {
    List<Pending> pending = new ArrayList<>();
    for (Row row : home.ask(PENDING, (double) SECOND_LOOK.toSeconds(), place)) {
      pending.add(Pending.of(row));
    }
    if (pending.isEmpty()) {
      return Look.NOTHING_PENDING;
    }
    Map<Long, Sighting> sightings = Sighting.of(here, questions(pending));
    Set<Long> settled = settled(pending, sightings);
    Map<Pending, Set<Integer>> targets = new HashMap<>();
    for (Pending one : pending) {
      Set<Integer> found = one.targets(sightings.get(one.id()).live());
      if (!found.isEmpty()) {
        targets.put(one, found);
      }
    }
    note(targets, settled);
    terminate(targets.values());
    return conclude(
        pending.stream()
            .filter(one -> !targets.containsKey(one) && settled.contains(one.id()))
            .map(Pending::id)
            .toArray(Long[]::new));
  }

  private Look conclude(Long[] gone) {
    if (gone.length == 0) {
      return Look.ALL_WAITING;
    }
    home.ask(NOTE_GONE, place, gone);
    return Look.SOME_GONE;
  }

  /**
   * Of which nothing more will arrive here: what was taken is gone, or is not gone on the primary
   * either, because a later change gave it back or the server refused to take it.
   */
  private Set<Long> settled(List<Pending> pending, Map<Long, Sighting> sightings) {
    Set<Long> settled = new TreeSet<>();
    List<Pending> notGone = new ArrayList<>();
    for (Pending one : pending) {
      if (sightings.get(one.id()).gone()) {
        settled.add(one.id());
      } else {
        notGone.add(one);
      }
    }
    if (!notGone.isEmpty()) {
      Map<Long, Sighting> atHome = home == here ? sightings : Sighting.of(home, questions(notGone));
      notGone.stream().map(Pending::id).filter(id -> !atHome.get(id).gone()).forEach(settled::add);
    }
    return settled;
  }

  private static List<Sighting.Question> questions(List<Pending> pending) {
    return pending.stream()
        .map(p -> new Sighting.Question(p.id(), p.roleOid(), p.loginLost(), p.rolesLost()))
        .toList();
  }

  /** Written down before they are ended: after a crash nobody could tell any more who they were. */
  private void note(Map<Pending, Set<Integer>> targets, Set<Long> settled) {
    List<Long> ids = new ArrayList<>();
    List<Boolean> arrived = new ArrayList<>();
    List<String> pids = new ArrayList<>();
    targets.forEach(
        (one, found) -> {
          boolean news = settled.contains(one.id()) && !one.looked();
          if (news || !one.told().containsAll(found)) {
            ids.add(one.id());
            arrived.add(settled.contains(one.id()));
            pids.add(Sighting.json(found));
          }
        });
    if (!ids.isEmpty()) {
      home.ask(
          NOTE_SESSIONS,
          place,
          ids.toArray(Long[]::new),
          arrived.toArray(Boolean[]::new),
          pids.toArray(String[]::new));
    }
  }

  private void terminate(Collection<Set<Integer>> targets) {
    Integer[] pids = targets.stream().flatMap(Set::stream).distinct().toArray(Integer[]::new);
    if (pids.length == 0) {
      return;
    }
    String sql = "SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) pid";
    try {
      here.ask(sql, (Object) pids);
    } catch (PgException refused) {
      // One that may not be ended, a superuser's, must not save the others.
      for (Integer pid : pids) {
        try {
          here.ask(sql, (Object) new Integer[] {pid});
        } catch (PgException again) {
          LOG.errorf(
              "session cannot be ended place=%s pid=%d reason=%s",
              place, pid, again.getErrorMessage());
        }
      }
    }
  }
}
