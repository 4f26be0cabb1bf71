package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.policy.UserDate;
import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.MembershipState;
import io.pgscim.events.RevocationProven;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleChanged.Kind;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowsIT {
  private static final String JOINED =
      "SELECT joined_at::text FROM pgscim.ledger_membership WHERE user_id = ?";

  private World world;
  private UserState ada;
  private GroupState readers;
  private GroupState writers;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
    ada = world.user("ada." + world.tag);
    readers = world.group("readers-" + world.tag);
    writers = world.group("writers-" + world.tag);
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void aRuleEndsSoLongAfterJoiningAndSessionsWithIt() throws Exception {
    world.policy(oncall("for: 5s"));
    world.start();
    Instant joined = Instant.now();
    world.push(ada, readers, writers, world.member(readers, ada, true));
    world.push(world.member(writers, ada, true));
    world.eventually("ada writes", () -> world.isMember(ada.userName(), world.writer));

    try (Connection session = world.connect(world.app, ada.userName());
        Statement statement = session.createStatement()) {
      statement.execute("SET ROLE " + world.writer);
      world.eventually("no more", () -> !world.isMember(ada.userName(), world.writer));
      assertThat(Instant.now()).isBetween(joined.plusSeconds(5), joined.plusSeconds(15));
      world.eventually("the session ends", () -> !session.isValid(1));
    }
    assertThat(world.isMember(ada.userName(), world.reader)).isTrue();
    world.settled();
    assertThat(world.events(Topic.ROLE_CHANGES))
        .filteredOn(e -> e.event() instanceof RoleChanged c && isRevoke(c))
        .extracting(Envelope::cause)
        .allSatisfy(cause -> assertThat(cause.actor()).isEqualTo("window"))
        .hasSize(1);
    assertThat(world.events(RevocationProven.class)).hasSize(1);

    // Nothing that is said of the same membership again begins a new window; joining again does.
    world.push(world.member(writers, ada, true));
    world.settled();
    assertThat(world.isMember(ada.userName(), world.writer)).isFalse();
    world.push(world.member(writers, ada, false), world.member(writers, ada, true));
    world.eventually("ada writes again", () -> world.isMember(ada.userName(), world.writer));
  }

  @Test
  void whoIsInAlreadyDoesNotJoinAgainBeItThatAllOfItArrivesTogether() {
    world.policy(oncall("for: 1h"));
    RoleApplier applier = world.start();
    UserState bob = world.user("bob." + world.tag);
    MembershipState old = world.member(writers, bob, true);
    world.push(ada, bob, writers);
    world.settled();
    world.stop(applier);
    Instant longAgo = Instant.now().minus(Duration.ofHours(2));
    world.push(world.member(writers, ada, true), longAgo).join();
    world.push(world.member(writers, ada, true));
    world.push(old, longAgo).join();
    world.push(world.member(writers, bob, false), world.member(writers, bob, true));
    world.start();
    world.settled();

    assertThat(world.isMember(ada.userName(), world.writer)).isFalse();
    assertThat(world.isMember(bob.userName(), world.writer)).isTrue();
  }

  @Test
  void aWindowGoesOnWhileNobodyIsThereToEndIt() {
    world.policy(oncall("for: 4s"));
    world.start();
    world.push(ada, writers, world.member(writers, ada, true));
    world.eventually("ada writes", () -> world.isMember(ada.userName(), world.writer));
    world.settled();
    world.stopAll();
    world.start();
    world.eventually("no more", () -> !world.isMember(ada.userName(), world.writer));

    world.push(world.member(writers, ada, false));
    world.push(world.member(writers, ada, true));
    world.eventually("ada writes again", () -> world.isMember(ada.userName(), world.writer));
    world.stopAll();
    world.eventually(
        "time passes",
        () ->
            world
                .ask(world.home(), "SELECT (at < now())::text FROM pgscim.agenda")
                .equals(List.of("true")));
    assertThat(world.isMember(ada.userName(), world.writer)).isTrue();
    world.start();
    world.eventually("no more", () -> !world.isMember(ada.userName(), world.writer));
  }

  @Test
  void accessEndsWhenTheUsersAttributeSaysAndWhenTheMembershipDoes() {
    world.start();
    Instant end = Instant.now().plus(Duration.ofSeconds(5));
    UserState limited =
        Someone.with(ada, UserDate.ACCESS_UNTIL.schema(), Map.of("accessUntil", end.toString()));
    UserState bob = world.user("bob." + world.tag);
    MembershipState validity = world.member(readers, bob, true);
    world.push(
        limited,
        bob,
        readers,
        world.member(readers, limited, true),
        new MembershipState(
            validity.groupId(),
            validity.userId(),
            validity.version(),
            true,
            Instant.now().plusSeconds(3),
            Instant.now().plusSeconds(8)));
    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    assertThat(world.isMember(bob.userName(), world.reader)).isFalse();

    world.eventually("bob reads", () -> world.isMember(bob.userName(), world.reader));
    world.eventually("ada may not log in", () -> !world.canLogin(ada.userName()));
    assertThat(Instant.now()).isBetween(end, end.plusSeconds(10));
    world.eventually("bob reads no more", () -> !world.isMember(bob.userName(), world.reader));
    assertThat(world.canLogin(bob.userName())).isTrue();
  }

  @Test
  void groupsAreFoundByTheirExternalIdWhateverTheirName() {
    world.policy(
        world
            .usualPolicy()
            .replace("group: readers-" + world.tag, "group: { externalId: x-" + world.tag + " }"));
    world.start();
    world.push(ada, called("x-" + world.tag), world.member(readers, ada, true));
    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));

    world.push(called("other"));
    world.eventually("no more", () -> !world.isMember(ada.userName(), world.reader));
  }

  @Test
  void anOlderLedgerLearnsFromTheTopicWhenPeopleJoined() throws Exception {
    world.start();
    world.push(ada, readers, world.member(readers, ada, true));
    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    world.settled();
    List<String> joined = world.ask(world.home(), JOINED, ada.id());
    int changes = world.events(RoleChanged.class).size();
    world.stopAll();

    // As the migration leaves a ledger that never knew.
    String migration =
        new String(
            getClass().getResourceAsStream("/db/migration/V0150__windows.sql").readAllBytes(),
            StandardCharsets.UTF_8);
    world.in(
        world.home(),
        "SET search_path = pgscim; UPDATE ledger_membership SET joined_at = NULL;"
            + migration.substring(migration.indexOf("UPDATE ledger_membership")));
    world.start();
    world.settled();

    assertThat(world.ask(world.home(), JOINED, ada.id())).isEqualTo(joined).doesNotContainNull();
    assertThat(world.events(RoleChanged.class)).hasSize(changes);
  }

  private GroupState called(String externalId) {
    GroupState next = world.group("whatever");
    return new GroupState(
        readers.id(), "test", next.version(), false, next.displayName(), externalId);
  }

  private String oncall(String window) {
    return world
        .usualPolicy()
        .replace("gives: [" + world.writer + "]", "gives: [" + world.writer + "], " + window);
  }

  private boolean isRevoke(RoleChanged change) {
    return change.change().kind() == Kind.REVOKE_MEMBERSHIP;
  }
}
