package io.pgscim.applier.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.policy.LoginRoles;
import io.pgscim.applier.policy.Mode;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Rule;
import io.pgscim.applier.policy.UserFilter;
import io.pgscim.events.UserState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WantedAccessTest {
  private final UserState ada = Someone.user("u-1", "ada", null, true, "Employee", null);

  @Test
  void aGroupGivesItsRolesIgnoringCase() {
    Wanted wanted = of(Set.of("read", "write"), Someone.in(ada, "ANALYSTS"));

    assertThat(memberships(wanted)).isEqualTo(Map.of("read", Set.of("ANALYSTS")));
  }

  @Test
  void severalWaysToARoleAreAllKnown() {
    Wanted wanted = of(Set.of("read", "write"), Someone.in(ada, "analysts", "oncall"));

    assertThat(memberships(wanted))
        .isEqualTo(Map.of("read", Set.of("analysts", "oncall"), "write", Set.of("oncall")));
  }

  @Test
  void aRoleThatIsNotPgscimsOwnIsNeverGiven() {
    assertThat(memberships(of(Set.of("write"), Someone.in(ada, "analysts", "oncall"))))
        .containsOnlyKeys("write");
  }

  @Test
  void aFilterAloneAndAFilterOnMembersGiveRoles() {
    UserState robot = Someone.user("u-2", "robot", null, true, "Service", null);

    assertThat(memberships(of(Set.of("jobs", "both"), Someone.in(robot, "mixed"))))
        .isEqualTo(Map.of("jobs", Set.of(), "both", Set.of("mixed")));
    assertThat(memberships(of(Set.of("jobs", "both"), Someone.in(ada, "mixed")))).isEmpty();
  }

  @Test
  void nobodyWhoIsInactiveDeletedOrLeftOutHasAnything() {
    UserState outsider = Someone.user("u-3", "eve", null, true, "Guest", null);

    assertThat(of(Set.of("read"), Someone.in(Someone.inactive("u-1", "ada"), "analysts")))
        .isEqualTo(new Wanted.NoAccess("u-1", false, "the user is not active"));
    assertThat(of(Set.of("read"), Someone.in(UserState.deleted("u-1", "test", 2), "analysts")))
        .isEqualTo(new Wanted.NoAccess("u-1", true, "the user was deleted"));
    assertThat(of(Set.of("read"), Someone.in(outsider, "analysts")))
        .isInstanceOf(Wanted.NoAccess.class);
  }

  @Test
  void knowsWhatAGroupGives() {
    assertThat(new WantedAccess(policy(), Set.of()).givenBy("OnCall"))
        .containsExactly("read", "write");
  }

  private static Wanted of(Set<String> usable, Person person) {
    return new WantedAccess(policy(), usable).of(person);
  }

  private static Map<String, Set<String>> memberships(Wanted wanted) {
    return ((Wanted.Login) wanted).memberships();
  }

  private static Policy policy() {
    UserFilter service = UserFilter.of("userType eq \"Service\"");
    return new Policy(
        "test",
        List.of("app"),
        List.of(),
        new LoginRoles(
            UserFilter.of("userType ne \"Guest\""), NameTemplate.of("{userName}"), -1, Map.of()),
        Map.of("read", new AccessRole("read", List.of(), Set.of())),
        List.of(
            new Rule(Optional.of("Analysts"), Optional.empty(), Set.of("read")),
            new Rule(Optional.of("oncall"), Optional.empty(), Set.of("read", "write")),
            new Rule(Optional.empty(), Optional.of(service), Set.of("jobs")),
            new Rule(Optional.of("mixed"), Optional.of(service), Set.of("both"))),
        Limits.NONE,
        Mode.ENFORCE);
  }
}
