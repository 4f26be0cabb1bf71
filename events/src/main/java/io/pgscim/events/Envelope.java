package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.time.Instant;
import java.util.UUID;

/**
 * One CloudEvent (CloudEvents 1.0): an event with where, when and why it came to be.
 *
 * @param id unique for all time; a consumer that has seen it has seen the event
 * @param source who produced it, as a URI reference: {@code /scim/v2/okta}, {@code
 *     /clusters/production}
 * @param time when it happened, just before the commit that made it true
 * @param recordedAt when the producer saw that commit done (CloudEvents {@code recordedtime}); null
 *     until then
 */
public record Envelope(
    UUID id, String source, Instant time, Instant recordedAt, Cause cause, Event event) {

  public Envelope {
    present("id", id);
    identifier("source", source);
    present("time", time);
    present("cause", cause);
    present("event", event);
  }

  /** A new event, not yet recorded. */
  public static Envelope of(String source, Instant time, Cause cause, Event event) {
    return new Envelope(UUID.randomUUID(), source, time, null, cause, event);
  }

  /** The event's type. */
  public EventType type() {
    return EventType.of(event);
  }
}
