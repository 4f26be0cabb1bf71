package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.time.Instant;

/**
 * A client was given a secret. The secret itself was shown once, to whoever asked for it.
 *
 * @param source what the client may address: a SCIM source, or {@code admin} for the admin API
 * @param client the client's name within its source
 * @param credential the id of the secret, which is not the secret
 * @param kind {@code token} or {@code secret}: a bearer token, or an OAuth 2.0 client secret
 * @param expires when it stops being valid by itself; null for never
 */
public record CredentialIssued(
    String reporter, String source, String client, String credential, String kind, Instant expires)
    implements SecurityEvent {

  public CredentialIssued {
    identifier("reporter", reporter);
    identifier("source", source);
    identifier("client", client);
    identifier("credential", credential);
    present("kind", kind);
  }
}
