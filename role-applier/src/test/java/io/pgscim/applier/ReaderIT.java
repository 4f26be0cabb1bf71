package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.events.GroupState;
import io.pgscim.events.RevocationProven;
import io.pgscim.events.RevocationUnproven;
import io.pgscim.events.SessionsTerminated;
import io.pgscim.events.UserState;
import io.pgscim.parts.Database;
import io.pgscim.parts.RealParts;
import io.pgscim.parts.embedded.EmbeddedParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary and a standby that streams from it: access ends on both, or is not proven to. */
class ReaderIT {
  private static EmbeddedParts.Pair servers;

  private World world;
  private UserState ada;
  private GroupState writers;

  @BeforeAll
  static void startServers() {
    servers = EmbeddedParts.pair();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void world() throws Exception {
    world = new World(servers.primary());
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void sessionsOnAReaderEndAndTheProofNamesBothServers() throws Exception {
    world.startBeside(servers.standby());
    adaWrites();
    try (Connection session = onStandby()) {
      world.push(world.user(ada.id(), ada.userName(), false));

      world.eventually("the session on the standby has ended", () -> !session.isValid(1));
      assertThatThrownBy(this::onStandby).hasMessageContaining("not permitted to log in");
    }
    world.eventually("it is proven", () -> !world.events(RevocationProven.class).isEmpty());
    assertThat(world.events(RevocationProven.class))
        .singleElement()
        .satisfies(e -> assertThat(e.places()).containsExactly("primary", server()));
    assertThat(world.events(SessionsTerminated.class))
        .singleElement()
        .satisfies(e -> assertThat(e.place()).isEqualTo(server()))
        .satisfies(e -> assertThat(e.pids()).hasSize(1));
  }

  @Test
  void whatAReaderHasNotReplayedIsNotProvenAndSessionsFromMeanwhileEnd() throws Exception {
    world.startBeside(servers.standby());
    adaWrites();
    standby("SELECT pg_wal_replay_pause()");
    try (Connection before = onStandby()) {
      world.push(world.member(writers, ada, false));

      world.eventually("the session from before has ended", () -> !before.isValid(1));
      world.eventually("gone on the primary", () -> !world.isMember(ada.userName(), world.writer));
      assertThat(world.events(RevocationProven.class)).isEmpty();
      standby("SELECT pg_wal_replay_resume()");
    }
    world.eventually("it is proven", () -> !world.events(RevocationProven.class).isEmpty());
    try (Connection afterwards = World.connect(servers.standby(), "postgres", ada.userName())) {
      world.settled();
      assertThat(afterwards.isValid(1)).isTrue();
    }
  }

  @Test
  void aReaderThatDoesNotAnswerIsNamedUntilItDoes() throws Exception {
    RoleApplier applier = world.startBeside(servers.standby());
    adaWrites();
    servers.standby().kill();
    try {
      world.push(world.user(ada.id(), ada.userName(), false));

      world.eventually(
          "it is said that there is no proof",
          () -> !world.events(RevocationUnproven.class).isEmpty());
      assertThat(world.canLogin(ada.userName())).isFalse();
      assertThat(world.events(RevocationProven.class)).isEmpty();
      assertThat(applier.standing().details())
          .anySatisfy(detail -> assertThat(detail).contains(server()).contains("does not answer"));
    } finally {
      servers.standby().start();
    }
    world.eventually("it is proven", () -> !world.events(RevocationProven.class).isEmpty());
    assertThat(world.events(RevocationUnproven.class))
        .extracting(RevocationUnproven::place)
        .containsOnly(server());
  }

  @Test
  void aServerOfAnotherClusterIsNeverTouched() throws Exception {
    Database other = RealParts.database();
    try (Connection there = World.connect(other, "postgres", "postgres");
        Statement statement = there.createStatement()) {
      statement.execute("CREATE DATABASE " + world.home());
      statement.execute(
          "DO 'BEGIN CREATE ROLE pgscim_applier LOGIN; EXCEPTION WHEN duplicate_object THEN END'");
    }
    RoleApplier applier = world.startBeside(other);
    adaWrites();
    world.push(world.user(ada.id(), ada.userName(), false));

    world.eventually("ada is out", () -> !world.canLogin(ada.userName()));
    world.eventually(
        "the wrong server is named",
        () ->
            applier.standing().details().stream()
                .anyMatch(d -> d.contains("no standby of this cluster")));
    assertThat(world.events(RevocationProven.class)).isEmpty();
  }

  private void adaWrites() {
    ada = world.user("ada@" + world.tag);
    writers = world.group("writers-" + world.tag);
    world.push(ada, writers, world.member(writers, ada, true));
    world.eventually("ada writes", () -> world.isMember(ada.userName(), world.writer));
    world.eventually("the standby knows", this::standbyKnows);
  }

  private boolean standbyKnows() {
    try (Connection session = onStandby();
        Statement statement = session.createStatement()) {
      statement.execute("SET ROLE " + world.writer);
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private Connection onStandby() throws SQLException {
    return World.connect(servers.standby(), world.app, ada.userName());
  }

  private void standby(String sql) throws SQLException {
    try (Connection session = World.connect(servers.standby(), "postgres", "postgres");
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String server() {
    return "127.0.0.1:" + servers.standby().port();
  }
}
