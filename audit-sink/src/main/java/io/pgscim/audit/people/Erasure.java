package io.pgscim.audit.people;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Own;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
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
    boolean known = people.erase(user);
    var entry = Own.erasePerson(UUID.randomUUID(), administrator, user, known, clock.instant());
    return new Erased(known, log.appendOwn(entry));
  }
}
