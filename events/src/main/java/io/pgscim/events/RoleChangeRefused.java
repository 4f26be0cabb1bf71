package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * A change that was wanted and not made. Nothing of it reached the cluster.
 *
 * @param role the role it was about, or the name it would have had
 * @param description the wanted change in plain words
 * @param reason why not, and what to do about it
 * @param sqlState PostgreSQL's SQLSTATE when the server refused; null when pgscim did
 */
public record RoleChangeRefused(
    String cluster, String role, String userId, String description, String reason, String sqlState)
    implements RoleEvent {

  public RoleChangeRefused {
    identifier("cluster", cluster);
    identifier("role", role);
    identifier("description", description);
    identifier("reason", reason);
  }
}
