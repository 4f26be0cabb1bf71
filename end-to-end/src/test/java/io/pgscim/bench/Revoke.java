package io.pgscim.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.endtoend.Pushes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * From the arrival of a deactivation to the proof that the last of a person's sessions is gone,
 * from the events' own times, beside the same done by hand: no login, no membership, commit,
 * sessions ended, looked at until none is left.
 */
final class Revoke implements Bench.Benchmark {
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 40;
  private static final int SESSIONS = 20;
  private static final String LIVE = "SELECT count(*) FROM pg_stat_activity WHERE usename = '%s'";

  @Override
  public List<Measure> run() throws Exception {
    try (Pushes pushes = Pushes.onAFreshStack()) {
      System.err.printf("revoke: %d rounds with %d sessions each%n", WARM_UP + ROUNDS, SESSIONS);
      Latencies proven = new Latencies();
      Latencies gone = new Latencies();
      Latencies byHand = new Latencies();
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        Duration hand = byHand(pushes, "by_hand_" + round);
        Round measured = byPush(pushes);
        if (round >= WARM_UP) {
          byHand.add(hand);
          proven.add(measured.proven());
          gone.add(measured.gone());
        }
      }
      return List.of(
          Measure.beside(
              "deactivation arrived → %d sessions gone and proven, median".formatted(SESSIONS),
              proven.median(),
              "ms",
              byHand.median()),
          Measure.beside("… p99", proven.p99(), "ms", byHand.p99()),
          Measure.of("deactivation sent → last session gone, median", gone.median(), "ms"),
          Measure.of("… p99", gone.p99(), "ms"));
    }
  }

  /** How long it took from the arrival to the proof, and from the sending to the last end. */
  private record Round(Duration proven, Duration gone) {}

  private static Round byPush(Pushes pushes) throws Exception {
    Pushes.Member member = pushes.member();
    long before = pushes.log().size() - 1;
    List<Connection> sessions = sessions(pushes, member.role());
    try {
      long began = System.nanoTime();
      pushes.deactivate(member);
      awaitNone(pushes, member.role());
      Duration gone = Duration.ofNanos(System.nanoTime() - began);
      JsonNode when = pushes.proofSince(before).path("when");
      return new Round(
          Duration.between(
              Instant.parse(when.path("requested").asText()),
              Instant.parse(when.path("recorded").asText())),
          gone);
    } finally {
      close(sessions);
    }
  }

  private static Duration byHand(Pushes pushes, String role) throws Exception {
    try (Connection administrator = pushes.stack().cluster().connect("postgres");
        Statement statement = administrator.createStatement()) {
      statement.execute("CREATE ROLE %1$s LOGIN; GRANT analytics_read TO %1$s".formatted(role));
      List<Connection> sessions = sessions(pushes, role);
      try {
        long began = System.nanoTime();
        statement.execute(
            "BEGIN; ALTER ROLE %1$s NOLOGIN; REVOKE analytics_read FROM %1$s; COMMIT"
                .formatted(role));
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'"
                .formatted(role));
        awaitNone(statement, role);
        return Duration.ofNanos(System.nanoTime() - began);
      } finally {
        close(sessions);
        statement.execute("DROP ROLE " + role);
      }
    }
  }

  /** Sessions at rest that have taken on what the role has. */
  private static List<Connection> sessions(Pushes pushes, String role) throws SQLException {
    List<Connection> sessions = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Connection session = pushes.stack().cluster().connect(role);
      sessions.add(session);
      try (Statement statement = session.createStatement()) {
        statement.execute("SET ROLE analytics_read");
      }
    }
    return sessions;
  }

  private static void awaitNone(Pushes pushes, String role) throws SQLException {
    try (Connection administrator = pushes.stack().cluster().connect("postgres");
        Statement statement = administrator.createStatement()) {
      awaitNone(statement, role);
    }
  }

  private static void awaitNone(Statement statement, String role) throws SQLException {
    while (true) {
      try (ResultSet rows = statement.executeQuery(LIVE.formatted(role))) {
        rows.next();
        if (rows.getLong(1) == 0) {
          return;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void close(List<Connection> sessions) {
    for (Connection session : sessions) {
      try {
        session.close();
      } catch (SQLException ended) {
        // By the other side, as it should be.
      }
    }
  }
}
