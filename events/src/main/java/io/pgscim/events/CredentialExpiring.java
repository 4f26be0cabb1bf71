package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.time.Instant;

/**
 * A secret is about to expire and was not rotated yet. Said once a day until it is.
 *
 * @param source what the client may address: a SCIM source, or {@code admin} for the admin API
 * @param credential the id of the secret
 * @param kind {@code token} or {@code secret}
 * @param expires when it stops being valid
 */
public record CredentialExpiring(
    String reporter, String source, String client, String credential, String kind, Instant expires)
    implements SecurityEvent {

  public CredentialExpiring {
    identifier("reporter", reporter);
    identifier("source", source);
    identifier("client", client);
    identifier("credential", credential);
    present("kind", kind);
    present("expires", expires);
  }
}
