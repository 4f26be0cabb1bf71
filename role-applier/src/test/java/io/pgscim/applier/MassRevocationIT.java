package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.HoldDecided;
import io.pgscim.events.MembershipState;
import io.pgscim.events.PlanHeld;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleChanged.Kind;
import io.pgscim.events.SecurityEvent;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group of 5,000 is emptied by mistake. */
class MassRevocationIT {
  private static final int PEOPLE = 5000;

  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void nobodyLosesAnythingBeforeSomebodyApproves() throws Exception {
    world.policy(world.limitedPolicy("20%", 10));
    world.start();
    GroupState readers = world.group("readers-" + world.tag);
    List<UserState> people = new ArrayList<>();
    List<MembershipState> in = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      UserState person = world.user("p" + i + "." + world.tag);
      people.add(person);
      in.add(world.member(readers, person, true));
    }
    world.push(readers);
    world.pushAll(people);
    world.pushAll(in);
    world.eventually("all read", () -> world.members(world.reader) == PEOPLE);

    String mistake =
        world.pushAll(people.stream().map(p -> world.member(readers, p, false)).toList());

    world.eventually("held", () -> world.holds().size() == 1);
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE);
    String whole = world.holds().getFirst();
    assertThat(world.ask(world.home(), "SELECT people::text FROM pgscim.hold"))
        .containsExactly("" + PEOPLE);
    assertThat(revokes()).isEmpty();

    // What is urgent beside it goes on, also for somebody in the hold; so does what gives.
    UserState leaver = people.get(17);
    world.push(world.user(leaver.id(), leaver.userName(), false));
    world.eventually("the leaver is out", () -> !world.canLogin(leaver.userName()));
    assertThat(world.memberships(leaver.userName())).isEmpty();
    UserState joiner = world.user("joiner." + world.tag);
    world.push(joiner, world.member(readers, joiner, true));
    world.eventually("the joiner reads", () -> world.isMember(joiner.userName(), world.reader));
    world.eventually("another hold", () -> !world.holds().equals(List.of(whole)));
    assertThat(world.holds()).hasSize(1);
    String rest = world.holds().getFirst();

    world.stopAll();
    RoleApplier applier = world.start();
    assertThat(world.holds()).containsExactly(rest);
    assertThat(applier.standing().details()).anyMatch(detail -> detail.contains(rest));
    assertThat(world.members(world.reader)).isEqualTo(PEOPLE);

    assertThat(decide(applier, d -> d.approve(whole, "admin/ada", "meant")))
        .isInstanceOf(Decision.Over.class);
    Instant approved = Instant.now();
    assertThat(decide(applier, d -> d.approve(rest, "admin/ada", "meant: CHG-1")))
        .isEqualTo(new Decision.Made(rest, PEOPLE - 1, PEOPLE - 1));
    System.err.printf(
        "approved to committed: %d ms for %d people%n",
        Duration.between(approved, Instant.now()).toMillis(), PEOPLE - 1);
    assertThat(world.members(world.reader)).isEqualTo(1);
    world.settled();
    System.err.printf(
        "approved to proven and told: %d ms%n",
        Duration.between(approved, Instant.now()).toMillis());

    assertThat(
            world.events(Topic.SECURITY_EVENTS).stream()
                .map(Envelope::event)
                .map(SecurityEvent.class::cast)
                .filter(e -> e instanceof PlanHeld || e instanceof HoldDecided))
        .satisfiesExactly(
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        PlanHeld.class,
                        held -> {
                          assertThat(held.digest()).isEqualTo(whole);
                          assertThat(held.people()).isEqualTo(PEOPLE);
                          assertThat(held.limit()).isEqualTo(PEOPLE / 5);
                        }),
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        PlanHeld.class,
                        held -> {
                          assertThat(held.digest()).isEqualTo(rest);
                          assertThat(held.people()).isEqualTo(PEOPLE - 1);
                        }),
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        HoldDecided.class,
                        over -> {
                          assertThat(over.digest()).isEqualTo(whole);
                          assertThat(over.outcome()).isEqualTo(HoldDecided.Outcome.SUPERSEDED);
                          assertThat(over.successor()).isEqualTo(rest);
                        }),
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        HoldDecided.class,
                        over -> {
                          assertThat(over.digest()).isEqualTo(rest);
                          assertThat(over.outcome()).isEqualTo(HoldDecided.Outcome.APPROVED);
                          assertThat(over.reason()).isEqualTo("meant: CHG-1");
                        }));
    // Each revocation is told once, with the request that wanted it.
    assertThat(revokes()).filteredOn(e -> e.cause().txn().equals(mistake)).hasSize(PEOPLE - 1);
    assertThat(revokes()).hasSize(PEOPLE);
  }

  private List<Envelope> revokes() {
    return world.events(Topic.ROLE_CHANGES).stream()
        .filter(
            e ->
                e.event() instanceof RoleChanged changed
                    && changed.change().kind() == Kind.REVOKE_MEMBERSHIP)
        .toList();
  }

  static Decision decide(
      RoleApplier applier, java.util.function.Function<HoldDesk, Decision> decision)
      throws Exception {
    return applier.decide(decision).orElseThrow().get(60, TimeUnit.SECONDS);
  }
}
