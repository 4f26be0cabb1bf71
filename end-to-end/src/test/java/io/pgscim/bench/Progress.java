package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How far a stack is, asked where it counts: the databases themselves, and the log. Waits end when
 * nothing moves for five minutes.
 */
final class Progress implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  /** What memberships of the policy's access roles the granter gave. */
  private static final String GIVEN =
      """
      SELECT count(*) FROM pg_auth_members
      WHERE grantor = 'pgscim_granter'::regrole
        AND roleid IN (SELECT oid FROM pg_authid WHERE rolname ~ '^a[0-9]+$')
      """;

  private final Stack stack;
  private final Connection directory;
  private final Connection cluster;

  Progress(Stack stack) throws SQLException {
    this.stack = stack;
    this.directory = stack.cluster().in("directory").connect("postgres");
    this.cluster = stack.cluster().in("pgscim").connect("postgres");
  }

  /** A number that reaches a goal by and by. */
  private interface Count {
    long now() throws SQLException;
  }

  /** Until no event waits in the directory's outbox. */
  void awaitPublished() throws SQLException {
    await(0, () -> -count(directory, waiting("scim")));
  }

  /** Until that many memberships are there for everybody to see. */
  void awaitMemberships(long goal) throws SQLException {
    await(goal, () -> count(cluster, GIVEN));
  }

  /** Until role-applier's ledger is at the end of {@code identity-events}. */
  void awaitLedger() throws SQLException {
    await(stack.topics().written("identity-events"), this::ledger);
  }

  /** How many records of {@code identity-events} are in role-applier's ledger. */
  long ledger() throws SQLException {
    return count(
        cluster,
        "SELECT coalesce(sum(next_offset), 0)::bigint FROM pgscim.ledger_position"
            + " WHERE topic = 'identity-events'");
  }

  /** Until no event waits in an outbox. */
  void awaitOutboxes() throws SQLException {
    awaitPublished();
    await(0, () -> -count(cluster, waiting("pgscim")));
  }

  /** Until besides the log has as many entries as there are events. */
  void awaitLogged() throws SQLException {
    awaitOutboxes();
    await(events(), stack.log()::size);
  }

  /** On all topics; assumes that no relay published one twice, as none does that was not ended. */
  long events() {
    return List.of("identity-events", "role-changes", "security-events").stream()
        .mapToLong(stack.topics()::written)
        .sum();
  }

  /** As good as the rows of an outbox, of which some thousands are counted again and again. */
  private static String waiting(String schema) {
    return "SELECT coalesce(max(position) - min(position) + 1, 0) FROM %s.outbox".formatted(schema);
  }

  private static void await(long goal, Count count) throws SQLException {
    long most = Long.MIN_VALUE;
    long moved = System.nanoTime();
    for (long now = count.now(); now < goal; now = count.now()) {
      if (now > most) {
        most = now;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > PATIENCE_NANOS) {
        throw new IllegalStateException("stands at " + now + " on the way to " + goal);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    directory.close();
    cluster.close();
  }
}
