package io.pgscim.ingest.clients;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Somebody who may ask: an identity provider's connector, a script, an administrator.
 *
 * @param source what it may address: a SCIM source, or {@link #ADMIN}
 * @param name unique within the source
 * @param me the user that it stands for at {@code /Me}; null for none
 * @param createdBy the actor who made it
 */
public record Client(
    UUID id, String source, String name, UUID me, Instant created, String createdBy) {
  /** What administrators are clients of; no SCIM source has this name. */
  public static final String ADMIN = "admin";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  public Client {
    if (!NAME.matcher(name).matches()) {
      throw new ClientRefusal(
          ClientRefusal.Reason.INVALID,
          "a client's name has up to 64 lower-case letters, digits, dots, hyphens and underscores");
    }
  }

  /** How it is called in events and logs, and its client_id. */
  public String actor() {
    return source + "/" + name;
  }
}
