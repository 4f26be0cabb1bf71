package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.time.Instant;

/**
 * Every live session of a user must end, though the access may stay (CAEP session-revoked). It
 * travels under its own key: under the user's it would compact the user's state away.
 *
 * @param at sessions that began before this instant must end; also the version
 */
public record SessionsRevoked(String userId, String reason, Instant at) implements IdentityEvent {

  public SessionsRevoked {
    identifier("userId", userId);
    present("at", at);
  }

  @Override
  public long version() {
    return at.toEpochMilli();
  }

  @Override
  public String key() {
    return "sessions/" + userId;
  }
}
