package io.pgscim.applier;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at the catalogs again and again. Whatever somebody has must have been given before, and
 * what was taken must not come back by itself: access appears at most as often as it was given.
 */
final class Watcher implements AutoCloseable {
  private static final String ACCESS =
      """
      SELECT rolname || ' login' FROM pg_roles WHERE rolcanlogin AND rolname LIKE '%%.%s'
      UNION ALL
      SELECT DISTINCT person.rolname || ' ' || role.rolname
      FROM pg_auth_members JOIN pg_roles person ON person.oid = member
           JOIN pg_roles role ON role.oid = roleid
      WHERE person.rolname LIKE '%%.%1$s'\
      """;

  private final World world;
  private final Map<String, AtomicInteger> given = new ConcurrentHashMap<>();
  private final Map<String, Integer> appeared = new ConcurrentHashMap<>();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger looks = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

  Watcher(World world) {
    this.world = world;
    this.thread = Thread.ofPlatform().name("watcher").start(this::run);
  }

  /** Is about to be given, by an event that leaves now. */
  void gives(String what) {
    given.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
  }

  /** What nobody had given. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  int looks() {
    return looks.get();
  }

  /** How often access was seen to appear. */
  int appearances() {
    return appeared.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void run() {
    Set<String> before = new HashSet<>();
    while (!closed) {
      try (Connection connection = world.connect("postgres", "postgres");
          Statement statement = connection.createStatement()) {
        while (!closed) {
          before = look(statement, before);
          Thread.sleep(5);
        }
      } catch (SQLException away) {
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Set<String> look(Statement statement, Set<String> before) throws SQLException {
    Set<String> now = new HashSet<>();
    try (ResultSet rows = statement.executeQuery(ACCESS.formatted(world.tag))) {
      while (rows.next()) {
        now.add(rows.getString(1));
      }
    }
    looks.incrementAndGet();
    for (String what : now) {
      if (!before.contains(what)) {
        int times = appeared.merge(what, 1, Integer::sum);
        AtomicInteger allowed = given.get(what);
        if (allowed == null || times > allowed.get()) {
          wrong.add(what + " appeared " + times + " times, was given " + allowed);
        }
      }
    }
    return now;
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
