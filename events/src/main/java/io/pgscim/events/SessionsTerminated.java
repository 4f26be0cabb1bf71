package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.util.List;

/**
 * Live sessions of a role were ended.
 *
 * @param place the server that they were on: {@code primary}, or a reader's {@code host:port}
 * @param pids the server processes that were told to end
 * @param reason why, in plain words
 */
public record SessionsTerminated(
    String cluster, String role, String userId, String place, List<Integer> pids, String reason)
    implements RoleEvent {

  public SessionsTerminated {
    identifier("cluster", cluster);
    identifier("role", role);
    identifier("place", place);
    identifier("reason", reason);
    present("pids", pids);
    pids = List.copyOf(pids);
  }
}
