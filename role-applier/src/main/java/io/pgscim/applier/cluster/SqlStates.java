package io.pgscim.applier.cluster;

import io.vertx.pgclient.PgException;
import java.util.Set;

/**
 * What PostgreSQL's error codes mean for what to do next (PostgreSQL documentation, appendix A).
 */
public final class SqlStates {
  /** Shutdown, crash, starting up, too many connections, read-only after a failover. */
  private static final Set<String> UNAVAILABLE =
      Set.of("57P01", "57P02", "57P03", "53300", "25006");

  /**
   * Another session was at the same thing: serialization failure, deadlock, lock timeout, object
   * made or gone in between.
   */
  private static final Set<String> COLLISION =
      Set.of("40001", "40P01", "55P03", "42710", "42704", "23505");

  private SqlStates() {}

  /** The connection is of no more use. */
  static boolean isConnectionLost(PgException refused) {
    String state = refused.getSqlState();
    return state != null && (state.startsWith("08") || UNAVAILABLE.contains(state));
  }

  /** Looking again and planning anew may well succeed. */
  public static boolean isCollision(PgException refused) {
    // The server has no code of its own for a row of a catalog that was changed in between.
    return COLLISION.contains(refused.getSqlState())
        || ("XX000".equals(refused.getSqlState())
            && refused.getErrorMessage() != null
            && refused.getErrorMessage().startsWith("tuple concurrently"));
  }
}
