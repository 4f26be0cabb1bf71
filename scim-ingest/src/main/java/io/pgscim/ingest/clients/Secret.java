package io.pgscim.ingest.clients;

import java.time.Instant;
import java.util.UUID;

/**
 * What is known of a secret, the secret itself excepted.
 *
 * @param expires when it stops being valid by itself; null for never
 * @param ends when it stops because it was revoked or rotated; null for not
 * @param lastUsed to the minute or so; null for never
 */
public record Secret(
    UUID id,
    Kind kind,
    Instant created,
    String createdBy,
    Instant expires,
    Instant ends,
    Instant lastUsed) {

  /** Whether it opens anything at that time. */
  public boolean valid(Instant at) {
    return (expires == null || at.isBefore(expires)) && (ends == null || at.isBefore(ends));
  }

  /** {@code valid}, {@code ending}, {@code expired} or {@code revoked}. */
  public String state(Instant at) {
    if (valid(at)) {
      return ends == null ? "valid" : "ending";
    }
    return ends != null && !at.isBefore(ends) ? "revoked" : "expired";
  }

  /**
   * A secret that was just made.
   *
   * @param text the secret itself; it is nowhere else and cannot be shown again
   */
  public record Issued(Secret secret, String text) {
    /** Without the text, so that no log has it. */
    @Override
    public String toString() {
      return "Issued[" + secret + "]";
    }
  }
}
