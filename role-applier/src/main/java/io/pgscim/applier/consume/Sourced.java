package io.pgscim.applier.consume;

import io.pgscim.events.Cause;
import io.pgscim.events.IdentityEvent;
import java.util.Objects;

/** A state and what set it off. */
public record Sourced<T extends IdentityEvent>(T state, Cause cause) {

  public Sourced {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(cause, "cause");
  }
}
