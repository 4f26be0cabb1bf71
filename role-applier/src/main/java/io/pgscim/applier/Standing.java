package io.pgscim.applier;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How the applier stands.
 *
 * @param details what an operator should know; when it is not ready, why
 */
public record Standing(State state, List<String> details) {
  /** From nothing to everything. */
  public enum State {
    CONNECTING,
    NOT_SET_UP,
    /** Another process is the writer; this one takes over when that one is gone. */
    STANDBY,
    NO_POLICY,
    CATCHING_UP,
    /** It takes in what happens, and changes no role. */
    OBSERVING,
    WRITING
  }

  public Standing {
    Objects.requireNonNull(state, "state");
    details = List.copyOf(details);
  }

  static Standing of(State state, String... details) {
    return new Standing(state, List.of(details));
  }

  /** As a part of a sentence. */
  @Override
  public String toString() {
    String word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return details.isEmpty() ? word : word + " (" + String.join("; ", details) + ")";
  }

  /** Whether it does what it is there for. */
  public boolean ready() {
    return switch (state) {
      case STANDBY, OBSERVING, WRITING -> true;
      case CONNECTING, NOT_SET_UP, NO_POLICY, CATCHING_UP -> false;
    };
  }
}
