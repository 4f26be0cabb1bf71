package io.pgscim.applier.policy;

import io.pgscim.events.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Until when a rule counts for somebody: the earliest of what it says.
 *
 * @param lasts counted from the moment at which the membership began to count
 * @param until as the user's own attribute says
 * @param end for everybody
 */
public record Window(Optional<Duration> lasts, Optional<UserDate> until, Optional<Instant> end) {
  /** For ever. */
  public static final Window OPEN =
      new Window(Optional.empty(), Optional.empty(), Optional.empty());

  public Window {
    Objects.requireNonNull(lasts, "lasts");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(end, "end");
    if (lasts.isPresent() && (lasts.get().isZero() || lasts.get().isNegative())) {
      throw new IllegalArgumentException("a window lasts some time");
    }
  }

  /**
   * When it ends. An attribute that the user does not have has always ended: nobody said until
   * when.
   *
   * @param joined when the membership began to count; null for a rule about no group
   * @return {@link Instant#MAX} for never, {@link Instant#MIN} for always
   */
  public Instant endFor(UserState user, Instant joined) {
    Instant earliest = end.orElse(Instant.MAX);
    if (lasts.isPresent()) {
      earliest = earlier(earliest, joined == null ? Instant.MIN : joined.plus(lasts.get()));
    }
    if (until.isPresent()) {
      earliest = earlier(earliest, until.get().of(user).orElse(Instant.MIN));
    }
    return earliest;
  }

  /** The earlier of two moments. */
  public static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
