package io.pgscim.ingest.clients;

import java.time.Instant;
import java.util.UUID;

/**
 * A secret as requests are judged by it.
 *
 * @param source what it opens
 * @param client the client's name within the source
 * @param me the user that the client stands for; null for none
 * @param secret the id of the secret, or of the one that the access token is for; null for one that
 *     is configured
 * @param hash SHA-256 of the secret
 * @param expires null for never
 * @param ends null for not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared but by MessageDigest
public record Credential(
    String source,
    String client,
    UUID me,
    UUID secret,
    Kind kind,
    byte[] hash,
    Instant expires,
    Instant ends) {

  /** Why it opens nothing at that time: {@code expired}, {@code revoked}; null when it does. */
  public String invalid(Instant at) {
    if (ends != null && !at.isBefore(ends)) {
      return "revoked";
    }
    return expires != null && !at.isBefore(expires) ? "expired" : null;
  }

  /** The client, as events and logs call it. */
  public String actor() {
    return source + "/" + client;
  }

  @Override
  public String toString() {
    return "Credential[" + actor() + " " + secret + "]";
  }
}
