package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.util.List;

/**
 * Read back from the catalogs after the change was committed: what was taken away is gone, live
 * sessions included.
 *
 * @param tookMillis from the arrival of the request that caused it to the read-back, in
 *     milliseconds
 * @param places the servers that were looked at: {@code primary}, and each reader's {@code
 *     host:port}
 * @param description what was found, in plain words
 */
public record RevocationProven(
    String cluster,
    String role,
    String userId,
    long tookMillis,
    List<String> places,
    String description)
    implements RoleEvent {

  public RevocationProven {
    identifier("cluster", cluster);
    identifier("role", role);
    present("places", places);
    places = List.copyOf(places);
    identifier("description", description);
  }
}
