package io.pgscim.applier.sessions;

import io.pgscim.events.Cause;
import java.util.List;
import java.util.Objects;

/**
 * Access that was taken away, about to be committed.
 *
 * @param loginLost the user may not log in any more; otherwise only access roles were lost
 * @param rolesLost the access roles; none when the sessions have to end for another reason
 * @param reason in plain words
 */
public record Revocation(
    String userId, boolean loginLost, List<String> rolesLost, String reason, Cause cause) {

  public Revocation {
    Objects.requireNonNull(userId, "userId");
    rolesLost = List.copyOf(rolesLost);
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(cause, "cause");
  }
}
