package io.pgscim.audit.entry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Entries of what the sink itself did to the log. They come from no record. */
public final class Own {
  private static final String ACTOR = "audit-sink";

  private Own() {}

  /**
   * That another key signs from now on.
   *
   * @param from the verifier key until now
   * @param to the verifier key from now on; whoever trusts the old key can trust this one, since
   *     both sign the entry
   */
  public static Line rotateKey(String log, String from, String to, Instant now) {
    var entry =
        new Entry(
            Entries.named("rotate-key", (from + "\n" + to).getBytes(StandardCharsets.UTF_8)),
            ACTOR,
            "rotate-key",
            Map.of("log", log),
            new When(null, now, null, now),
            Outcome.APPLIED,
            null,
            null,
            null,
            null,
            null,
            Map.of("from", from, "fromId", id(from), "to", to, "toId", id(to)));
    return new Line(entry.event(), entry.from(), entry.bytes(), null, null);
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
    var entry =
        new Entry(
            event,
            ACTOR + "/" + administrator,
            "erase-person",
            Map.of("user", user),
            new When(null, now, null, now),
            Outcome.APPLIED,
            null,
            null,
            null,
            null,
            null,
            Map.of("known", known));
    return new Line(entry.event(), entry.from(), entry.bytes(), null, null);
  }

  /** The id stands in a verifier key's text behind its name. */
  private static String id(String key) {
    return key.split("\\+", 3)[1];
  }
}
