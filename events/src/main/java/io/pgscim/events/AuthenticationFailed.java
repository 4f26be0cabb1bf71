package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * Requests were turned away for lack of a valid credential. Repetitions within a short time are
 * counted, not repeated, so that guessing tokens cannot flood the log.
 *
 * @param source the SCIM source that was addressed
 * @param remoteAddress where the requests came from
 * @param reason {@code missing}, {@code ambiguous} (more than one), {@code unknown}, {@code
 *     expired}, {@code revoked} or {@code network} (the address is not one of those that the source
 *     allows); never the credential
 * @param count how many requests this event stands for
 */
public record AuthenticationFailed(
    String reporter, String source, String remoteAddress, String reason, long count)
    implements SecurityEvent {

  public AuthenticationFailed {
    identifier("reporter", reporter);
    identifier("source", source);
    identifier("reason", reason);
    if (count < 1) {
      throw new IllegalArgumentException("count must be 1 or more, not " + count);
    }
  }
}
