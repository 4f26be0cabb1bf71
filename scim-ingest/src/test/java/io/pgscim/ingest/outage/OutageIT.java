package io.pgscim.ingest.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.GroupState;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MembershipState;
import io.pgscim.events.UserState;
import io.pgscim.parts.Database;
import io.pgscim.parts.RealParts;
import io.pgscim.parts.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka hangs, comes back, hangs again, dies and comes back, while pushes go on. How long it is
 * away is set by {@code -Dpgscim.outage=10m}.
 */
class OutageIT {
  private static final Duration OUTAGE =
      Duration.parse("PT" + System.getProperty("pgscim.outage", "20s"));
  private static final Duration HICCUP = Duration.ofSeconds(7);
  private static final Duration AROUND = Duration.ofSeconds(5);
  private static final String DATABASE = "outage";

  private final List<String> report = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void refusesNoPushAndLosesRepeatsAndReordersNothing() throws Exception {
    Database database = RealParts.database();
    database.createDatabase(DATABASE);
    var broker = new EmbeddedBroker(EmbeddedBroker.Settings.in(folder.resolve("kafka")));
    broker.start();
    try (Service service = new Service(folder, database, DATABASE, broker.bootstrapServers())) {
      service.awaitReady();
      Load load = new Load(service);
      try (load) {
        load.start();
        watch("before", AROUND, service, load);
        signal(broker, "STOP");
        watch("frozen for a while", HICCUP, service, load);
        signal(broker, "CONT");
        watch("thawed", AROUND, service, load);
        signal(broker, "STOP");
        watch("frozen", OUTAGE.dividedBy(2), service, load);
        assertThat(service.metric("pgscim_outbox_depth_rows")).as("events waiting").isPositive();
        assertThat(service.metric("pgscim_outbox_oldest_age_seconds"))
            .as("seconds the oldest has waited")
            .isBetween(OUTAGE.toSeconds() / 2 - 3.0, OUTAGE.toSeconds() / 2 + 30.0);
        broker.kill();
        watch("dead", OUTAGE.dividedBy(2), service, load);
        broker.start();
        drain(service, 20);
        watch("after", AROUND, service, load);
      }
      drain(service, 0);
      report.add(load.pushes() + " pushes, the slowest took " + load.slowestMillis() + " ms");

      assertThat(load.refused()).as("refused pushes").isEmpty();
      assertThat(service.alive()).isTrue();
      Published published = Published.read(broker.bootstrapServers());
      report.add(published.count() + " events under " + published.byKey().size() + " keys");
      everyVersionOnceAndInOrder(published);
      theTopicIsTheDirectory(published);
    } finally {
      broker.kill();
      report.forEach(System.out::println);
    }
  }

  /** Lets time pass, and notes what it does to the service. */
  private void watch(String phase, Duration time, Service service, Load load) throws Exception {
    Instant end = Instant.now().plus(time);
    long pushes = load.pushes();
    long least = Long.MAX_VALUE;
    long resident = 0;
    while (Instant.now().isBefore(end)) {
      Thread.sleep(Math.min(1_000, Math.max(1, Duration.between(Instant.now(), end).toMillis())));
      least = Math.min(least, (long) service.metric("jvm_memory_used_bytes") >> 20);
      resident = Math.max(resident, service.resident());
    }
    report.add(
        String.format(
            Locale.ROOT,
            "%-18s %4d s  %5.0f pushes/s  %6.0f events waiting  memory in use at least %d MB,"
                + " resident at most %d MB",
            phase,
            time.toSeconds(),
            (load.pushes() - pushes) * 1e3 / time.toMillis(),
            service.metric("pgscim_outbox_depth_rows"),
            least,
            resident));
  }

  /** Waits until hardly anything waits, and notes how fast that went. */
  private void drain(Service service, int few) throws Exception {
    double waiting = service.metric("pgscim_outbox_depth_rows");
    assertThat(waiting).as("events waiting").isNotNaN();
    double published = service.metric("pgscim_publish_latency_seconds_count");
    Instant began = Instant.now();
    Instant deadline = began.plusSeconds(120);
    double now = waiting;
    while (!(now <= few)) {
      assertThat(Instant.now()).as("%s wait", now).isBefore(deadline);
      Thread.sleep(100);
      now = service.metric("pgscim_outbox_depth_rows");
    }
    double seconds = Duration.between(began, Instant.now()).toMillis() / 1e3;
    double done = service.metric("pgscim_publish_latency_seconds_count") - published;
    report.add(
        String.format(
            Locale.ROOT,
            "drained: %.0f waited, %.0f published in %.1f s, %.0f/s",
            waiting,
            done,
            seconds,
            done / seconds));
  }

  private static void everyVersionOnceAndInOrder(Published published) throws SQLException {
    published
        .byKey()
        .forEach(
            (key, events) -> {
              List<Long> versions = Published.versions(events);
              assertThat(versions)
                  .as(key)
                  .isEqualTo(versions.stream().sorted().distinct().toList());
            });
    for (String[] row : rows("SELECT id::text, type, version::text FROM scim.resource")) {
      Set<Long> versions = new TreeSet<>();
      published
          .byKey()
          .forEach(
              (key, events) -> {
                if (key.equals("user/" + row[0])
                    || key.equals("group/" + row[0])
                    || key.startsWith("member/" + row[0] + "/")) {
                  versions.addAll(Published.versions(events));
                }
              });
      assertThat(versions)
          .as("%s %s", row[1], row[0])
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, Long.parseLong(row[2])).boxed().toList());
    }
  }

  private static void theTopicIsTheDirectory(Published published) throws SQLException {
    Set<String> told =
        published.latest("user/").stream()
            .map(event -> (UserState) event)
            .map(user -> user.id() + " " + user.displayName())
            .collect(Collectors.toCollection(TreeSet::new));
    published.latest("group/").stream()
        .map(event -> (GroupState) event)
        .forEach(group -> told.add(group.id() + " " + group.displayName()));
    assertThat(told)
        .isEqualTo(
            lines(
                "SELECT id::text, coalesce(document->>'displayName', 'null') FROM scim.resource"));
    Set<String> members =
        published.latest("member/").stream()
            .map((IdentityEvent event) -> (MembershipState) event)
            .filter(MembershipState::present)
            .map(member -> member.groupId() + " " + member.userId())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(members).isEqualTo(lines("SELECT group_id::text, user_id::text FROM scim.member"));
  }

  private static Set<String> lines(String sql) throws SQLException {
    return rows(sql).stream()
        .map(row -> String.join(" ", row))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String[]> rows(String sql) throws SQLException {
    List<String[]> all = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:" + RealParts.database().url(DATABASE),
                RealParts.database().superuser(),
                "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = rows.getString(i + 1);
        }
        all.add(row);
      }
    }
    return all;
  }

  private static void signal(EmbeddedBroker broker, String signal)
      throws IOException, InterruptedException {
    String pid = Long.toString(broker.process().orElseThrow().pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor())
        .isZero();
  }
}
