package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * Access was taken away, and it cannot be shown yet that it is gone everywhere. It is tried on; a
 * {@link RevocationProven} of the same txn follows once it is.
 *
 * @param place the server that is in the way: {@code primary}, or a reader's {@code host:port}
 * @param reason what is missing there, in plain words
 */
public record RevocationUnproven(
    String cluster, String role, String userId, String place, String reason) implements RoleEvent {

  public RevocationUnproven {
    identifier("cluster", cluster);
    identifier("role", role);
    identifier("place", place);
    identifier("reason", reason);
  }
}
