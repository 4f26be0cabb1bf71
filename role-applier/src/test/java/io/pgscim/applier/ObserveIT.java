package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.policy.PolicyFile;
import io.pgscim.applier.policy.PolicyReading;
import io.pgscim.events.GroupState;
import io.pgscim.events.PolicyAccepted;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.UserState;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObserveIT {
  private World world;
  private UserState ada;
  private GroupState readers;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
    ada = world.user("ada." + world.tag);
    readers = world.group("readers-" + world.tag);
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void whatWouldBeDoneIsShownAndNothingIsDoneUntilThePolicyIsEnforced() {
    world.policy(world.usualPolicy() + "mode: observe\n");
    RoleApplier applier = world.start();
    assertThat(applier.standing().state()).isEqualTo(Standing.State.OBSERVING);
    world.push(ada, readers, world.member(readers, ada, true));
    world.settled();

    PlanView plan = applier.plan(Optional.empty()).orElseThrow();

    assertThat(plan.changes())
        .extracting(PlanView.ChangeView::description)
        .contains(
            "create access role " + world.reader,
            "create login role " + ada.userName(),
            "make " + ada.userName() + " a member of " + world.reader,
            "grant CONNECT on database " + world.app + " to " + world.reader);
    assertThat(world.exists(ada.userName())).isFalse();
    assertThat(world.exists(world.reader)).isFalse();
    assertThat(world.events(PolicyAccepted.class)).hasSize(1);
    assertThat(world.events(RoleChanged.class)).isEmpty();

    world.policy(world.usualPolicy());
    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    world.eventually(
        "nothing is left to do",
        () -> applier.plan(Optional.empty()).orElseThrow().changes().isEmpty());
    world.settled();
    assertThat(world.events(RoleChanged.class))
        .extracting(changed -> changed.change().description())
        .containsAll(plan.changes().stream().map(PlanView.ChangeView::description).toList());
  }

  @Test
  void theConfigurationIsStrongerThanThePolicy() {
    world.observe = true;
    RoleApplier applier = world.start();
    world.push(ada, readers, world.member(readers, ada, true));
    world.settled();
    assertThat(applier.standing().state()).isEqualTo(Standing.State.OBSERVING);
    assertThat(world.exists(ada.userName())).isFalse();

    world.stopAll();
    world.observe = false;
    world.start();
    assertThat(world.isMember(ada.userName(), world.reader)).isTrue();
  }

  @Test
  void aProposedPolicyIsPlannedAndNotPutInForce() {
    RoleApplier applier = world.start();
    world.push(ada, readers, world.member(readers, ada, true));
    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    world.settled();
    String proposed =
        world
            .limitedPolicy("0%", 0)
            .replace(
                "group: readers-" + world.tag + ", gives: [" + world.reader,
                "group: readers-" + world.tag + ", gives: [" + world.writer);
    var policy =
        (PolicyReading.Valid)
            PolicyFile.read("proposed", proposed.getBytes(StandardCharsets.UTF_8));

    PlanView plan = applier.plan(Optional.of(policy.policy())).orElseThrow();

    assertThat(plan.changes())
        .extracting(PlanView.ChangeView::description)
        .containsExactly(
            "take " + world.reader + " from " + ada.userName(),
            "make " + ada.userName() + " a member of " + world.writer);
    assertThat(plan.breaker()).isEqualTo(new PlanView.Breaker(1, 1, 0, 0, true));
    assertThat(world.isMember(ada.userName(), world.reader)).isTrue();
    assertThat(applier.plan(Optional.empty()).orElseThrow().changes()).isEmpty();
  }
}
