package io.pgscim.audit.people;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Entry;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Outcome;
import io.pgscim.audit.entry.When;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Forgets a person when asked to (GDPR article 17), and says so in the log.
 *
 * <p>First the person, then the entry: whoever was told that somebody is forgotten can rely on it.
 * A crash between the two leaves a request without an answer; asked again, the entry is made.
 */
@ApplicationScoped
public class Erasure {
  private final People people;
  private final AuditLog log;
  private final Clock clock = Clock.systemUTC();

  /**
   * What was done.
   *
   * @param known whether anything was known of the person
   * @param entry the index of the entry that says so
   */
  public record Erased(boolean known, long entry) {}

  Erasure(People people, AuditLog log) {
    this.people = people;
    this.log = log;
  }

  /**
   * Forgets a person for good.
   *
   * @param user the directory's id of the person
   * @param administrator who asked
   */
  public synchronized Erased erase(String user, String administrator) throws IOException {
    Instant now = clock.instant();
    boolean known = people.erase(user);
    var entry =
        new Entry(
            UUID.randomUUID(),
            "audit/" + administrator,
            "erase-person",
            Map.of("user", user),
            new When(now, now, null, clock.instant()),
            Outcome.APPLIED,
            null,
            null,
            null,
            null,
            null,
            Map.of("known", known));
    var line = new Line(entry.event(), null, entry.bytes(), null, null);
    return new Erased(known, log.append(List.of(line)));
  }
}
