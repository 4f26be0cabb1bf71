package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * Read back from the catalogs after the change was committed: what was taken away is gone, live
 * sessions included.
 *
 * @param tookMillis from the arrival of the request that caused it to the read-back, in
 *     milliseconds
 * @param description what was found, in plain words
 */
public record RevocationProven(
    String cluster, String role, String userId, long tookMillis, String description)
    implements RoleEvent {

  public RevocationProven {
    identifier("cluster", cluster);
    identifier("role", role);
    identifier("description", description);
  }
}
