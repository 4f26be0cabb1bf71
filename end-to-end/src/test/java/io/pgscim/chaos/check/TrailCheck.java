package io.pgscim.chaos.check;

import static io.pgscim.chaos.check.Violation.atTheEnd;

import io.pgscim.chaos.check.Ending.Change;
import io.pgscim.chaos.check.Ending.Entry;
import io.pgscim.chaos.check.Ending.Place;
import io.pgscim.chaos.check.Ending.Told;
import io.pgscim.chaos.check.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was told and recorded, event by event: each in the log exactly once, versions rising without
 * a gap, and the role changes add up to the roles.
 *
 * <p>A relay may publish a record again, and an old record may come back at any time: what counts
 * is where an event stands first.
 */
final class TrailCheck {
  private final Ending ending;
  private final Map<String, Told> events = new LinkedHashMap<>();
  private final Map<Place, String> places = new HashMap<>();
  private final List<Violation> found = new ArrayList<>();

  private TrailCheck(Ending ending) {
    this.ending = ending;
    for (Told told : ending.topics()) {
      events.putIfAbsent(told.event(), told);
      places.put(told.place(), told.event());
    }
  }

  static List<Violation> of(Ending ending) {
    var check = new TrailCheck(ending);
    check.versionsRise();
    check.everyEventIsInTheLogOnce();
    check.changesAddUpToTheRoles();
    return check.found;
  }

  private void versionsRise() {
    Map<String, Long> last = new HashMap<>();
    Map<String, TreeSet<Long>> ofResource = new TreeMap<>();
    for (Told told : events.values()) {
      if (told.version() == 0) {
        continue;
      }
      long before = last.getOrDefault(told.key(), 0L);
      last.put(told.key(), told.version());
      if (told.version() == before) {
        found(Kind.DOUBLED, told.key(), "two events tell version " + before + " of " + told.key());
      } else if (told.version() < before) {
        found(
            Kind.BACKWARDS,
            told.key(),
            "version %d of %s was published after %d"
                .formatted(told.version(), told.key(), before));
      }
      if (told.key().startsWith("user/")) {
        ofResource.computeIfAbsent(told.key(), key -> new TreeSet<>()).add(told.version());
      }
    }
    ofResource.forEach(
        (key, versions) -> {
          if (versions.last() != versions.size()) {
            found(
                Kind.LOST,
                key,
                "of the %d versions of %s only %d were published"
                    .formatted(versions.last(), key, versions.size()));
          }
        });
  }

  private void everyEventIsInTheLogOnce() {
    Set<String> logged = new HashSet<>();
    Map<String, Long> reached = new HashMap<>();
    for (Entry entry : ending.log()) {
      if (!logged.add(entry.event())) {
        found(Kind.DOUBLED, entry.event(), "two entries of the log are of event " + entry.event());
      }
      Place from = entry.from();
      if (from == null) {
        continue;
      }
      long before = reached.getOrDefault(from.topic() + "/" + from.partition(), -1L);
      reached.put(from.topic() + "/" + from.partition(), from.offset());
      if (from.offset() <= before) {
        found(
            Kind.BACKWARDS,
            entry.event(),
            "the log has offset %d of %s/%d after %d"
                .formatted(from.offset(), from.topic(), from.partition(), before));
      }
      if (!entry.event().equals(places.get(from))) {
        found(
            Kind.DOUBLED,
            entry.event(),
            "the log has event %s from %s, which holds another".formatted(entry.event(), from));
      }
    }
    for (Told told : events.values()) {
      if (!logged.contains(told.event())) {
        found(
            Kind.LOST,
            told.key(),
            "event %s of %s at %s is not in the log"
                .formatted(told.event(), told.key(), told.place()));
      }
    }
  }

  /** One recorded twice gives what is there or takes what is not; one not recorded is missing. */
  private void changesAddUpToTheRoles() {
    Set<String> access = new TreeSet<>();
    for (Told told : events.values()) {
      if (told.change() != null) {
        add(access, told.change());
      }
    }
    for (String one : ending.access()) {
      if (!access.contains(one)) {
        found(
            Kind.LOST, one, one + " is in PostgreSQL, and no role change that gave it is recorded");
      }
    }
    for (String one : access) {
      if (!ending.access().contains(one)) {
        found(Kind.LOST, one, one + " is not in PostgreSQL, and that it was taken is not recorded");
      }
    }
  }

  private void add(Set<String> access, Change change) {
    String login = change.role() + " " + Rules.LOGIN;
    String membership = change.role() + " " + change.object();
    switch (change.kind()) {
      case "CREATE_ROLE", "ENABLE_LOGIN" -> once(access.add(login), change, login);
      case "DISABLE_LOGIN" -> once(access.remove(login), change, login);
      case "GRANT_MEMBERSHIP" -> once(access.add(membership), change, membership);
      case "REVOKE_MEMBERSHIP" -> once(access.remove(membership), change, membership);
      default -> {} // Changes nothing of who may log in and who is in what.
    }
  }

  private void once(boolean changes, Change change, String what) {
    if (!changes) {
      found(Kind.DOUBLED, what, "%s of %s is recorded twice".formatted(change.kind(), what));
    }
  }

  private void found(Kind kind, String about, String says) {
    found.add(atTheEnd(kind, about, says));
  }
}
