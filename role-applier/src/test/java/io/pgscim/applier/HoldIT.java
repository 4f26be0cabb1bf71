package io.pgscim.applier;

import static io.pgscim.applier.MassRevocationIT.decide;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.guard.Hold;
import io.pgscim.events.GroupState;
import io.pgscim.events.HoldDecided;
import io.pgscim.events.MembershipState;
import io.pgscim.events.PlanHeld;
import io.pgscim.events.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thirty people read; a fifth of them may lose that unasked, or five. */
class HoldIT {
  private static final int PEOPLE = 30;

  private World world;
  private RoleApplier applier;
  private GroupState readers;
  private final List<UserState> people = new ArrayList<>();

  @BeforeEach
  void thirtyRead() throws Exception {
    world = new World();
    world.policy(world.limitedPolicy("20%", 5));
    applier = world.start();
    readers = world.group("readers-" + world.tag);
    world.push(readers);
    for (int i = 0; i < PEOPLE; i++) {
      people.add(world.user("p" + i + "." + world.tag));
    }
    world.pushAll(people);
    world.pushAll(members(0, PEOPLE, true));
    world.eventually("all read", () -> world.members(world.reader) == PEOPLE);
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void whatIsRejectedStaysUndoneUntilSomethingElseIsWanted() throws Exception {
    String digest = emptiedByMistake();

    assertThat(decide(applier, d -> d.reject(digest, "admin/ada", "a mistake")))
        .isEqualTo(new Decision.Made(digest, PEOPLE, 0));

    assertThat(decide(applier, d -> d.approve(digest, "admin/bob", "no, meant")))
        .isInstanceOfSatisfying(
            Decision.Over.class,
            over -> assertThat(over.hold().state()).isEqualTo(Hold.State.REJECTED));
    // Neither news of the people nor going through everybody takes what was rejected.
    world.push(world.user(people.get(3).id(), people.get(3).userName(), true));
    world.settled();
    world.stopAll();
    applier = world.start();
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE);
    assertThat(world.holds()).isEmpty();
    assertThat(world.events(HoldDecided.class))
        .extracting(HoldDecided::outcome, HoldDecided::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(HoldDecided.Outcome.REJECTED, "a mistake"));

    // In again and out again is news, and of one person.
    world.push(world.member(readers, people.get(4), true));
    world.settled();
    world.push(world.member(readers, people.get(4), false));
    world.eventually("one is out", () -> world.members(world.reader) == PEOPLE - 1);
    assertThat(world.isMember(people.get(4).userName(), world.reader)).isFalse();
  }

  @Test
  void aPlanThatChangedIsNotTheOneThatWasSeen() throws Exception {
    String seen = emptiedByMistake();

    // Behind the applier's back, so that nothing but the approval can notice.
    world.run(
        "REVOKE "
            + world.reader
            + " FROM \""
            + people.get(1).userName()
            + "\" GRANTED BY pgscim_granter");
    Decision decision = decide(applier, d -> d.approve(seen, "admin/ada", "meant"));

    String successor = world.holds().getFirst();
    assertThat(decision).isEqualTo(new Decision.Superseded(seen, Optional.of(successor)));
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE - 1);
    assertThat(decide(applier, d -> d.approve(successor, "admin/ada", "meant")))
        .isEqualTo(new Decision.Made(successor, PEOPLE - 1, PEOPLE - 1));
    assertThat(world.members(world.reader)).isZero();
    assertThat(decide(applier, d -> d.approve("0".repeat(64), "admin/ada", "?")))
        .isInstanceOf(Decision.Unknown.class);
  }

  @Test
  void aHoldShrinksWithTheMistakeAndDissolvesBelowTheLimit() {
    String first = emptiedByMistake();

    world.pushAll(members(0, 10, true));
    world.eventually(
        "a smaller hold", () -> world.holds().size() == 1 && !world.holds().contains(first));
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE);
    assertThat(world.ask(world.home(), "SELECT people::text FROM pgscim.hold ORDER BY id"))
        .containsExactly("30", "20");

    world.pushAll(members(10, 26, true));
    world.eventually("four lose it", () -> world.members(world.reader) == PEOPLE - 4);
    assertThat(world.holds()).isEmpty();
    world.settled();
    assertThat(world.events(PlanHeld.class)).extracting(PlanHeld::people).containsExactly(30, 20);
    assertThat(world.events(HoldDecided.class))
        .extracting(HoldDecided::outcome)
        .containsOnly(HoldDecided.Outcome.SUPERSEDED)
        .hasSize(2);
  }

  @Test
  void whatIsHeldStaysHeldWhenSomethingElseIsTakenFromOneOfThem() {
    UserState one = people.getFirst();
    GroupState writers = world.group("writers-" + world.tag);
    world.push(writers, world.member(writers, one, true));
    world.eventually("one writes", () -> world.isMember(one.userName(), world.writer));
    String digest = emptiedByMistake();

    world.push(world.member(writers, one, false));

    world.eventually("writes no more", () -> !world.isMember(one.userName(), world.writer));
    assertThat(world.isMember(one.userName(), world.reader)).isTrue();
    world.settled();
    assertThat(world.holds()).containsExactly(digest);
    world.push(world.user(one.id(), one.userName(), false));
    world.eventually("out", () -> !world.canLogin(one.userName()));
    assertThat(world.memberships(one.userName())).isEmpty();
  }

  @Test
  void aFewAtATimeAreTakenUntilTheyAreTooMany() {
    for (int i = 0; i < 5; i++) {
      world.push(world.user(people.get(i).id(), people.get(i).userName(), false));
      int out = i + 1;
      world.eventually("out at once", () -> world.members(world.reader) == PEOPLE - out);
    }
    world.push(world.user(people.get(5).id(), people.get(5).userName(), false));

    world.eventually("held", () -> world.holds().size() == 1);
    assertThat(world.canLogin(people.get(5).userName())).isTrue();
    // Urgent leavers need not wait for the end of it.
    world.push(world.user(people.get(7).id(), people.get(7).userName(), false));
    world.eventually("out", () -> !world.canLogin(people.get(7).userName()));
  }

  @Test
  void whatWasDecidedInAdvanceEndsForAll() {
    Instant soon = Instant.now().plusSeconds(4);
    List<MembershipState> ending = new ArrayList<>();
    for (UserState person : people) {
      MembershipState until = world.member(readers, person, true);
      ending.add(
          new MembershipState(until.groupId(), until.userId(), until.version(), true, null, soon));
    }
    world.pushAll(ending);
    world.settled();
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE);

    world.eventually("ended", () -> world.members(world.reader) == 0);
    assertThat(world.ask(world.home(), "SELECT digest FROM pgscim.hold")).isEmpty();
  }

  @Test
  void aPolicyThatTakesFromManyIsHeldAndItsAccessRolesKeepWhatTheyHave() throws Exception {
    String without =
        world
            .limitedPolicy("20%", 5)
            .replaceAll("(?m)^  - \\{ group: readers-.*$\n", "")
            .replace("member_of: [" + world.reader + "]", "member_of: []");
    String grant = "schema: sales, tables: '*', privileges: [SELECT]";
    assertThat(without).contains(grant);
    world.policy(without.replace(grant, "schema: sales, tables: [lines], privileges: [SELECT]"));

    world.eventually("held", () -> world.holds().size() == 1);
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE);
    assertThat(selectable("orders")).isTrue();
    assertThat(world.isMember(world.writer, world.reader)).isTrue();

    String digest = world.holds().getFirst();
    decide(applier, d -> d.approve(digest, "admin/ada", "meant"));

    assertThat(world.members(world.reader)).isZero();
    world.eventually("the privilege is gone", () -> !selectable("orders"));
    world.eventually("writers do not read", () -> !world.isMember(world.writer, world.reader));
    assertThat(selectable("lines")).isTrue();
  }

  private boolean selectable(String table) {
    return world
        .ask(
            world.app,
            "SELECT has_table_privilege(?, 'sales." + table + "', 'SELECT')::text",
            world.reader)
        .equals(List.of("true"));
  }

  private String emptiedByMistake() {
    world.pushAll(members(0, PEOPLE, false));
    world.eventually("held", () -> world.holds().size() == 1);
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE);
    return world.holds().getFirst();
  }

  private List<MembershipState> members(int from, int to, boolean present) {
    return people.subList(from, to).stream()
        .map(person -> world.member(readers, person, present))
        .toList();
  }
}
