package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again at what the sessions of scim-ingest are doing or waiting for. */
final class Sessions implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;
  private static final String NOW =
      """
      SELECT CASE WHEN state = 'idle' THEN 'idle' ELSE coalesce(wait_event, 'running') END, count(*)
      FROM pg_stat_activity WHERE usename = 'scim_ingest' AND state IS NOT NULL GROUP BY 1
      """;

  private final Map<String, Long> seen = new HashMap<>();
  private final Thread looking;
  private final Connection connection;
  private volatile boolean closed;
  private int looks;

  Sessions(Stack stack) throws SQLException {
    connection = stack.cluster().in("directory").connect("postgres");
    looking = Thread.ofPlatform().daemon().start(this::look);
  }

  private void look() {
    try (Statement statement = connection.createStatement()) {
      while (!closed) {
        try (ResultSet rows = statement.executeQuery(NOW)) {
          while (rows.next()) {
            seen.merge(rows.getString(1), rows.getLong(2), Long::sum);
          }
        }
        looks++;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many sessions were in each state; ends the looking. */
  Map<String, String> average() throws InterruptedException {
    closed = true;
    looking.join();
    Map<String, String> average = new HashMap<>();
    seen.forEach((state, times) -> average.put(state, "%.1f".formatted((double) times / looks)));
    return average;
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    connection.close();
  }
}
