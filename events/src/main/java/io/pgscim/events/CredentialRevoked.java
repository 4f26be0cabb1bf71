package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

/**
 * A secret is valid no longer, because somebody said so: it was revoked, or its client deleted.
 *
 * @param source what the client may address: a SCIM source, or {@code admin} for the admin API
 * @param credential the id of the secret
 * @param kind {@code token} or {@code secret}
 */
public record CredentialRevoked(
    String reporter, String source, String client, String credential, String kind)
    implements SecurityEvent {

  public CredentialRevoked {
    identifier("reporter", reporter);
    identifier("source", source);
    identifier("client", client);
    identifier("credential", credential);
    present("kind", kind);
  }
}
