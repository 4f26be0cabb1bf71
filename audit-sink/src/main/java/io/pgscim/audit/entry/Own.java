package io.pgscim.audit.entry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Entries of what the sink itself did to the log. They come from no record. */
public final class Own {
  /** Who the sink is in its own entries. */
  public static final String ACTOR = "audit-sink";

  private Own() {}

  /**
   * That another key signs from now on.
   *
   * @param from the verifier key until now
   * @param to the verifier key from now on; whoever trusts the old key can trust this one, since
   *     both sign the entry
   */
  public static Line rotateKey(String log, String from, String to, Instant now) {
    return line(
        Entries.named("rotate-key", (from + "\n" + to).getBytes(StandardCharsets.UTF_8)),
        ACTOR,
        "rotate-key",
        Map.of("log", log),
        now,
        Map.of("from", from, "fromId", id(from), "to", to, "toId", id(to)));
  }

  /**
   * That a person was forgotten.
   *
   * @param event never used before
   * @param administrator who asked
   * @param user the directory's id of the person
   * @param known whether anything was known
   */
  public static Line erasePerson(
      UUID event, String administrator, String user, boolean known, Instant now) {
    return line(
        event,
        asked(administrator),
        "erase-person",
        Map.of("user", user),
        now,
        Map.of("known", known));
  }

  /**
   * That entries lie in an archive, and are removed from the log as soon as this is signed.
   *
   * @param event never used before
   * @param who asked; the sink itself when it follows its schedule
   */
  public static Line pruneLog(UUID event, String who, String log, Prune prune, Instant now) {
    return line(event, who, Prune.WHAT, Map.of("log", log), now, prune.fields());
  }

  /** Who the sink is in its own entries, when somebody asked it. */
  public static String asked(String administrator) {
    return ACTOR + "/" + administrator;
  }

  private static Line line(
      UUID event,
      String who,
      String what,
      Map<String, String> which,
      Instant now,
      Map<String, Object> details) {
    var when = new When(null, now, null, now);
    var entry =
        new Entry(
            event, who, what, which, when, Outcome.APPLIED, null, null, null, null, null, details);
    return new Line(event, null, entry.bytes(), null, null);
  }

  /** The id stands in a verifier key's text behind its name. */
  private static String id(String key) {
    return key.split("\\+", 3)[1];
  }
}
