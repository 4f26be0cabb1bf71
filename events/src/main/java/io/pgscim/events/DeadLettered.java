package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * A record that could not be read was set aside on {@link Topic#DEAD_LETTER}; nothing was applied
 * from it.
 *
 * @param reason what is wrong with it, without its content
 */
public record DeadLettered(String reporter, String topic, int partition, long offset, String reason)
    implements SecurityEvent {

  public DeadLettered {
    identifier("reporter", reporter);
    identifier("topic", topic);
    identifier("reason", reason);
  }
}
