package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.RevocationProven;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleChanged.Kind;
import io.pgscim.events.SessionsRevoked;
import io.pgscim.events.SessionsTerminated;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class RevocationIT {
  private World world;
  private UserState ada;
  private GroupState readers;
  private GroupState writers;

  @BeforeEach
  void adaReadsAndWrites() throws Exception {
    world = new World();
    world.start();
    ada = world.user("ada@" + world.tag);
    readers = world.group("readers-" + world.tag);
    writers = world.group("writers-" + world.tag);
    world.push(
        ada, readers, writers, world.member(readers, ada, true), world.member(writers, ada, true));
    world.eventually(
        "ada reads and writes",
        () ->
            world.isMember(ada.userName(), world.reader)
                && world.isMember(ada.userName(), world.writer));
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void deactivationEndsEverythingAndProvesIt() throws Exception {
    try (Connection first = world.connect(world.app, ada.userName());
        Connection second = world.connect(world.app, ada.userName());
        Statement statement = first.createStatement()) {
      statement.execute("SET ROLE " + world.writer);
      int pid = pid(first);

      String txn = world.push(world.user(ada.id(), ada.userName(), false));

      world.eventually("sessions have ended", () -> sessions() == 0);
      assertThatThrownBy(() -> statement.execute("SELECT * FROM sales.orders"))
          .isInstanceOf(SQLException.class);
      assertThat(second.isValid(1)).isFalse();
      assertThat(world.canLogin(ada.userName())).isFalse();
      assertThat(world.memberships(ada.userName())).isEmpty();
      assertThatThrownBy(() -> world.connect(world.app, ada.userName()))
          .hasMessageContaining("not permitted to log in");

      world.settled();
      assertThat(of(SessionsTerminated.class))
          .singleElement()
          .satisfies(
              e -> assertThat(((SessionsTerminated) e.event()).pids()).hasSize(2).contains(pid))
          .satisfies(e -> assertThat(e.cause().txn()).isEqualTo(txn));
      assertThat(of(RevocationProven.class))
          .singleElement()
          .satisfies(
              e -> assertThat(((RevocationProven) e.event()).tookMillis()).isBetween(0L, 20_000L))
          .satisfies(e -> assertThat(e.cause().txn()).isEqualTo(txn));
    }
  }

  @Test
  void deletionIsTheSameAndOutlivesTheUser() throws Exception {
    world.push(World.gone(ada));

    world.eventually("ada is out", () -> !world.canLogin(ada.userName()));
    assertThat(world.exists(ada.userName())).isTrue();
    assertThat(world.memberships(ada.userName())).isEmpty();
  }

  @Test
  void aSessionThatTookTheRoleOnEndsWithTheMembership() throws Exception {
    try (Connection session = world.connect(world.app, ada.userName());
        Statement statement = session.createStatement()) {
      statement.execute("SET ROLE " + world.writer);
      statement.execute("INSERT INTO sales.orders VALUES (7, 'kept by SET ROLE')");

      world.push(world.member(writers, ada, false));

      world.eventually("the session has ended", () -> sessions() == 0);
      assertThatThrownBy(() -> statement.execute("INSERT INTO sales.orders VALUES (8)"))
          .isInstanceOf(SQLException.class);
    }
    try (Connection again = world.connect(world.app, ada.userName());
        Statement statement = again.createStatement()) {
      assertThat(statement.execute("SELECT * FROM sales.orders")).isTrue();
      world.settled();
      assertThat(again.isValid(1)).as("a session from after the revocation lives").isTrue();
    }
    assertThat(of(RevocationProven.class)).hasSize(1);
  }

  @Test
  void aMembershipThatADbaGaveEndsToo() throws Exception {
    world.run("GRANT " + world.writer + " TO \"" + ada.userName() + "\"");
    world.run("GRANT pg_monitor TO \"" + ada.userName() + "\"");

    world.push(world.user(ada.id(), ada.userName(), false));

    world.eventually("no membership is left", () -> world.memberships(ada.userName()).isEmpty());
    world.settled();
    assertThat(of(RevocationProven.class)).hasSize(1);
  }

  @Test
  void reactivationGivesEverythingBack() throws Exception {
    world.push(world.user(ada.id(), ada.userName(), false));
    world.eventually("ada is out", () -> !world.canLogin(ada.userName()));

    world.push(world.user(ada.id(), ada.userName(), true));

    world.eventually(
        "ada is back",
        () ->
            world.canLogin(ada.userName())
                && world.isMember(ada.userName(), world.reader)
                && world.isMember(ada.userName(), world.writer));
    world.settled();
    assertThat(of(RoleChanged.class))
        .extracting(e -> ((RoleChanged) e.event()).change().kind())
        .containsSubsequence(Kind.CREATE_ROLE, Kind.DISABLE_LOGIN, Kind.ENABLE_LOGIN);
  }

  @Test
  void revokedSessionsEndAndAccessStays() throws Exception {
    try (Connection session = world.connect(world.app, ada.userName())) {
      world.push(new SessionsRevoked(ada.id(), "risk detected", Instant.now()));

      world.eventually("the session has ended", () -> sessions() == 0);
      assertThat(session.isValid(1)).isFalse();
    }
    world.connect(world.app, ada.userName()).close();
    assertThat(world.memberships(ada.userName())).hasSize(2);
  }

  @Test
  void aRevocationThatACrashCutShortIsSeenThrough() throws Exception {
    try (Connection session = world.connect(world.app, ada.userName())) {
      world.settled();
      world.stopAll();
      world.run("ALTER ROLE \"" + ada.userName() + "\" NOLOGIN");
      world.in(
          world.home(),
          "INSERT INTO pgscim.revocation (role_oid, role_name, user_id, login_lost, roles_lost,"
              + " reason, txn, actor, requested_at) SELECT role_oid, role_name, user_id, true, '{}',"
              + " 'inactive', 'txn-before-crash', 'test', now() FROM pgscim.managed_role"
              + " WHERE user_id = '"
              + ada.id()
              + "'");
      // The ledger took the event in with the revocation.
      world.in(
          world.home(),
          "UPDATE pgscim.ledger_user SET state = replace(state, '\"active\":true', '\"active\":false')"
              + " WHERE user_id = '"
              + ada.id()
              + "'");

      world.start();

      world.eventually("the session has ended", () -> sessions() == 0);
      assertThat(session.isValid(1)).isFalse();
      world.settled();
      assertThat(of(SessionsTerminated.class))
          .anySatisfy(e -> assertThat(e.cause().txn()).isEqualTo("txn-before-crash"));
    }
  }

  private List<Envelope> of(Class<?> type) {
    return world.events(Topic.ROLE_CHANGES).stream()
        .filter(e -> type.isInstance(e.event()))
        .filter(e -> ada.id().equals(((io.pgscim.events.RoleEvent) e.event()).userId()))
        .toList();
  }

  private long sessions() {
    return world
        .ask("postgres", "SELECT pid::text FROM pg_stat_activity WHERE usename = ?", ada.userName())
        .size();
  }

  private static int pid(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
