package io.pgscim.chaos.watch;

import io.pgscim.chaos.check.Rules;
import io.pgscim.chaos.history.History;
import io.pgscim.endtoend.Cluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at the catalogs every {@value #EVERY_MILLIS} ms, by a connection that no fault is made in,
 * and writes down what is other than at the look before.
 */
public final class Watcher implements AutoCloseable {
  private static final int EVERY_MILLIS = 20;
  private static final int AWAY_MILLIS = 100;

  private static final String ACCESS =
      """
      SELECT rolname, '%s' FROM pg_roles WHERE rolcanlogin AND rolname LIKE ?
      UNION ALL
      SELECT DISTINCT person.rolname, role.rolname
      FROM pg_auth_members JOIN pg_roles person ON person.oid = member
           JOIN pg_roles role ON role.oid = roleid
      WHERE person.rolname LIKE ?
      """
          .formatted(Rules.LOGIN);

  private final Cluster cluster;
  private final String people;
  private final History history;
  private final AtomicLong looks = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  private record Access(String role, String what) {}

  /**
   * @param domain how the names of roles end that are looked at
   */
  public Watcher(Cluster cluster, String domain, History history) {
    this.cluster = cluster;
    this.people = "%" + domain;
    this.history = history;
    this.thread = Thread.ofPlatform().name("watcher").start(this::run);
  }

  /** How often it looked. */
  public long looks() {
    return looks.get();
  }

  /** What is there now: {@code person login}, {@code person role}. */
  public static Set<String> access(Cluster cluster, String domain) throws SQLException {
    try (Connection connection = cluster.connect("postgres");
        PreparedStatement statement = prepared(connection, "%" + domain)) {
      Set<String> access = new HashSet<>();
      look(statement).forEach(one -> access.add(one.role() + " " + one.what()));
      return access;
    }
  }

  private void run() {
    Set<Access> before = Set.of();
    while (!closed) {
      try (Connection connection = cluster.connect("postgres");
          PreparedStatement statement = prepared(connection, people)) {
        while (!closed) {
          Set<Access> now = look(statement);
          looks.incrementAndGet();
          write(before, now);
          before = now;
          pause(EVERY_MILLIS);
        }
      } catch (SQLException away) {
        pause(AWAY_MILLIS);
      }
    }
  }

  private void write(Set<Access> before, Set<Access> now) {
    for (Access access : before) {
      if (!now.contains(access)) {
        history.seen(access.role(), access.what(), false);
      }
    }
    for (Access access : now) {
      if (!before.contains(access)) {
        history.seen(access.role(), access.what(), true);
      }
    }
  }

  private static PreparedStatement prepared(Connection connection, String people)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(ACCESS);
    statement.setString(1, people);
    statement.setString(2, people);
    return statement;
  }

  private static Set<Access> look(PreparedStatement statement) throws SQLException {
    Set<Access> now = new HashSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        now.add(new Access(rows.getString(1), rows.getString(2)));
      }
    }
    return now;
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
