package io.pgscim.applier.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What no plan may do without asking.
 *
 * @param revokeShare of the people who have access, in percent, that may lose something
 * @param revokeAtLeast so many always may
 * @param within the time in which they are counted
 * @param neverGive roles that nobody may have, be it through others
 */
public record Limits(int revokeShare, int revokeAtLeast, Duration within, Set<String> neverGive) {
  /** Those with which anybody can become superuser (PostgreSQL documentation, §21.5). */
  public static final Set<String> ABOVE_ALL =
      Set.of("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files");

  /** When the policy names none. */
  public static final Limits NONE =
      new Limits(100, Integer.MAX_VALUE, Duration.ofHours(1), ABOVE_ALL);

  public Limits {
    if (revokeShare < 0 || revokeShare > 100 || revokeAtLeast < 0) {
      throw new IllegalArgumentException("a share is 0 to 100 percent, a number 0 or more");
    }
    Objects.requireNonNull(within, "within");
    neverGive = Set.copyOf(neverGive);
  }

  /** Everybody may lose everything. */
  public boolean isNone() {
    return revokeShare == 100 || revokeAtLeast == Integer.MAX_VALUE;
  }
}
