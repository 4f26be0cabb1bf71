package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * Requests of a known client were refused in a way that its daily work does not bring about: an
 * attack, or a client gone wrong. Repetitions within a short time are counted, not repeated.
 *
 * @param source the SCIM source that was addressed
 * @param client who asked, by its name within the source
 * @param remoteAddress where the requests came from
 * @param kind why: {@code rate}, {@code size}, {@code time} (the body came too slowly), {@code
 *     cost} (it would take too much work), {@code depth}, {@code syntax}, {@code filter}, {@code
 *     path}, {@code method} or {@code media-type}
 * @param count how many requests this event stands for
 */
public record RequestsRefused(
    String reporter, String source, String client, String remoteAddress, String kind, long count)
    implements SecurityEvent {

  public RequestsRefused {
    identifier("reporter", reporter);
    identifier("source", source);
    identifier("client", client);
    identifier("kind", kind);
    if (count < 1) {
      throw new IllegalArgumentException("count must be 1 or more, not " + count);
    }
  }
}
