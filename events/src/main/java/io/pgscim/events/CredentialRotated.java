package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.time.Instant;

/**
 * A client was given a second secret in place of one that it has; until the old one ends, both are
 * valid.
 *
 * @param source what the client may address: a SCIM source, or {@code admin} for the admin API
 * @param credential the id of the new secret
 * @param replaces the id of the old one
 * @param expires when the new one stops being valid by itself; null for never
 * @param replacedEnds when the old one ends; null for when it is revoked
 */
public record CredentialRotated(
    String reporter,
    String source,
    String client,
    String credential,
    String replaces,
    String kind,
    Instant expires,
    Instant replacedEnds)
    implements SecurityEvent {

  public CredentialRotated {
    identifier("reporter", reporter);
    identifier("source", source);
    identifier("client", client);
    identifier("credential", credential);
    identifier("replaces", replaces);
    present("kind", kind);
  }
}
