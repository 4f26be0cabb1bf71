package io.pgscim.events;

/**
 * The latest state of one thing in the directory. State-carrying, never a delta: whoever holds the
 * highest {@link #version()} of a key holds the truth about it, whatever it missed or received
 * twice.
 */
public sealed interface IdentityEvent extends Event
    permits UserState, GroupState, MembershipState, SessionsRevoked {

  /** Strictly rising per key; a consumer keeps the highest and drops the rest. */
  long version();
}
