package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.UserState;
import io.pgscim.parts.RealParts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterruptionIT {
  private World world;
  private GroupState readers;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
    readers = world.group("readers-" + world.tag);
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void aDatabaseThatIsKilledInTheMiddleLosesAndRepeatsNothing() {
    world.start();
    List<UserState> people = push(200);
    RealParts.database().kill();
    people.addAll(push(50));
    RealParts.database().start();

    world.settled();

    everybodyReads(people);
    everythingWasSaidOnce(people);
  }

  @Test
  void connectionsThatAreCutAgainAndAgainLoseAndRepeatNothing() throws Exception {
    world.start();
    List<UserState> people = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      people.addAll(push(30));
      world.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'pgscim_applier'");
    }
    world.settled();

    everybodyReads(people);
    everythingWasSaidOnce(people);
  }

  @Test
  void anotherProcessTakesOver() {
    RoleApplier first = world.start();
    RoleApplier second = world.startAs("pgscim_applier");
    world.eventually(
        "the second stands by", () -> second.standing().state() == Standing.State.STANDBY);
    List<UserState> people = push(20);
    world.settled();

    world.stop(first);
    people.addAll(push(20));
    world.eventually(
        "the second writes", () -> second.standing().state() == Standing.State.WRITING);
    world.settled();

    everybodyReads(people);
    everythingWasSaidOnce(people);
  }

  @Test
  void aSuperuserNeedsNoSetup() throws Exception {
    RoleApplier applier = world.startAs("postgres");
    world.eventually("ready", () -> applier.standing().ready());
    List<UserState> people = push(3);
    world.settled();
    everybodyReads(people);
    world.run("GRANT " + world.writer + " TO \"" + people.getFirst().userName() + "\"");

    world.push(world.user(people.getFirst().id(), people.getFirst().userName(), false));

    world.eventually(
        "no membership is left", () -> world.memberships(people.getFirst().userName()).isEmpty());
  }

  @Test
  void aClusterThatIsNotSetUpSaysWhatIsMissing() throws Exception {
    world.run("CREATE ROLE nobody_" + world.tag + " LOGIN");
    RoleApplier applier = world.startAs("nobody_" + world.tag);

    world.eventually("it says so", () -> applier.standing().state() == Standing.State.NOT_SET_UP);
    assertThat(applier.standing().details())
        .anySatisfy(detail -> assertThat(detail).contains("lacks CREATEROLE"))
        .allSatisfy(detail -> assertThat(detail).contains("deploy/postgres/applier.sql"));
    assertThat(applier.standing().ready()).isFalse();
  }

  private List<UserState> push(int number) {
    List<UserState> people = new ArrayList<>();
    world.push(readers);
    for (int i = 0; i < number; i++) {
      UserState person = world.user("p" + java.util.UUID.randomUUID() + "." + world.tag);
      people.add(person);
      world.push(person, world.member(readers, person, true));
    }
    return people;
  }

  private void everybodyReads(List<UserState> people) {
    List<String> readersNow =
        world.ask(
            "postgres",
            "SELECT rolname FROM pg_roles JOIN pg_auth_members ON member = pg_roles.oid"
                + " WHERE roleid = ?::regrole AND rolcanlogin AND rolname LIKE 'p%.' || ?",
            world.reader,
            world.tag);
    assertThat(readersNow)
        .containsExactlyInAnyOrderElementsOf(people.stream().map(UserState::userName).toList());
  }

  private void everythingWasSaidOnce(List<UserState> people) {
    List<RoleChanged> said =
        world.events(RoleChanged.class).stream().filter(c -> c.userId() != null).toList();
    assertThat(said).hasSize(2 * people.size());
    assertThat(said).extracting(c -> c.userId() + c.change().kind()).doesNotHaveDuplicates();
  }
}
