package io.pgscim.applier.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.GroupMatch;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.policy.LoginRoles;
import io.pgscim.applier.policy.MembershipOptions;
import io.pgscim.applier.policy.Mode;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Rule;
import io.pgscim.applier.policy.UserDate;
import io.pgscim.applier.policy.UserFilter;
import io.pgscim.applier.policy.Window;
import io.pgscim.events.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WantedAccessTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

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
    assertThat(new WantedAccess(policy(), Set.of()).givenBy(new Person.Group("g", "OnCall")))
        .containsExactly("read", "write");
  }

  private static Wanted of(Set<String> usable, Person person) {
    return new WantedAccess(policy(), usable).at(NOW, person).wanted();
  }

  private static Map<String, Set<String>> memberships(Wanted wanted) {
    Map<String, Set<String>> through = new HashMap<>();
    ((Wanted.Login) wanted)
        .memberships()
        .forEach((role, given) -> through.put(role, given.through()));
    return through;
  }

  @Test
  void aWindowCountsFromJoiningAndIsTheEarliestOfAll() {
    Rule rule = rule(Set.of("read"), new Window(lasts(8), until(), Optional.empty()));

    assertThat(outlook(rule, until(ada, hours(20)), hours(-1), null))
        .isEqualTo(holds("read", hours(7)));
    assertThat(outlook(rule, until(ada, hours(3)), hours(-1), null))
        .isEqualTo(holds("read", hours(3)));
    assertThat(outlook(rule, until(ada, hours(20)), hours(-1), hours(2)))
        .isEqualTo(holds("read", hours(2)));
    assertThat(outlook(rule, until(ada, hours(20)), hours(2), null))
        .isEqualTo(holds(null, hours(2)));
    assertThat(outlook(rule, until(ada, hours(20)), hours(-8), null))
        .isEqualTo(holds(null, hours(20)));
  }

  @Test
  void whereNobodySaysUntilWhenThereIsNothing() {
    Rule rule = rule(Set.of("read"), new Window(Optional.empty(), until(), Optional.empty()));

    assertThat(outlook(rule, ada, hours(-1), null)).isEqualTo(holds(null, null));
    assertThat(outlook(rule, until(ada, "soon"), hours(-1), null))
        .isEqualTo(ended("nobody says until when the user has access"));
  }

  @Test
  void accessUntilEndsEverything() {
    Rule rule = rule(Set.of("read"), Window.OPEN);

    assertThat(outlook(rule, until(ada, hours(5)), hours(-1), null))
        .isEqualTo(holds("read", hours(5)));
    assertThat(outlook(rule, until(ada, NOW), hours(-1), null))
        .isEqualTo(ended("the user had access until " + NOW));
  }

  @Test
  void aRuleThatGivesNothingLimitsEverythingElse() {
    Policy policy =
        policy(
            rule(Set.of("read"), Window.OPEN),
            new Rule(
                Optional.empty(),
                Optional.of(UserFilter.of("userType eq \"Employee\"")),
                Set.of(),
                MembershipOptions.USUAL,
                new Window(Optional.empty(), Optional.empty(), Optional.of(hours(1)))));
    Person person = new Person(ada, List.of(group(hours(-1), null)));
    var access = new WantedAccess(policy, Set.of("read"));

    assertThat(access.at(NOW, person)).isEqualTo(holds("read", hours(1)));
    assertThat(access.at(hours(1), person))
        .isEqualTo(ended("the user had access until " + hours(1)));
  }

  @Test
  void groupsAreFoundByNameExternalIdAndId() {
    for (GroupMatch match :
        List.of(
            GroupMatch.named("ONCALL"),
            new GroupMatch(GroupMatch.By.EXTERNAL_ID, "x-1"),
            new GroupMatch(GroupMatch.By.ID, "g"))) {
      Rule rule = new Rule(Optional.of(match), Optional.empty(), Set.of("read"));
      assertThat(outlook(rule, ada, hours(-1), null)).isEqualTo(holds("read", null));
    }
    Rule other =
        new Rule(
            Optional.of(new GroupMatch(GroupMatch.By.EXTERNAL_ID, "g")),
            Optional.empty(),
            Set.of("read"));
    assertThat(outlook(other, ada, hours(-1), null)).isEqualTo(holds(null, null));
  }

  @Test
  void whoIsGivenARoleTwiceCanUseItInBothWays() {
    Policy policy =
        policy(
            rule(Set.of("read"), Window.OPEN, new MembershipOptions(false, true)),
            rule(Set.of("read"), Window.OPEN, new MembershipOptions(true, false)));

    var wanted =
        (Wanted.Login)
            new WantedAccess(policy, Set.of("read"))
                .at(NOW, new Person(ada, List.of(group(hours(-1), null))))
                .wanted();

    assertThat(wanted.memberships().get("read").with()).isEqualTo(MembershipOptions.USUAL);
  }

  private static Outlook outlook(Rule rule, UserState user, Instant from, Instant until) {
    return new WantedAccess(policy(rule), Set.of("read"))
        .at(NOW, new Person(user, List.of(group(from, until))));
  }

  /** The role, null for none, until the moment, null for ever. */
  private static Outlook holds(String role, Instant until) {
    Map<String, Given> memberships =
        role == null ? Map.of() : Map.of(role, Given.by("g", MembershipOptions.USUAL));
    return new Outlook(
        new Wanted.Login("u-1", new RoleName.Fit("ada"), -1, Map.of(), memberships),
        Optional.ofNullable(until));
  }

  private static Outlook ended(String reason) {
    return new Outlook(new Wanted.NoAccess("u-1", false, reason), Optional.empty());
  }

  private static Instant hours(int hours) {
    return NOW.plus(Duration.ofHours(hours));
  }

  private static Optional<Duration> lasts(int hours) {
    return Optional.of(Duration.ofHours(hours));
  }

  private static Optional<UserDate> until() {
    return Optional.of(UserDate.ACCESS_UNTIL);
  }

  private static UserState until(UserState user, Object moment) {
    return Someone.with(
        user, UserDate.ACCESS_UNTIL.schema(), Map.of("accessUntil", moment.toString()));
  }

  private static Person.Group group(Instant from, Instant until) {
    return new Person.Group("g", "oncall", "x-1", from, until);
  }

  private static Rule rule(Set<String> gives, Window window) {
    return rule(gives, window, MembershipOptions.USUAL);
  }

  private static Rule rule(Set<String> gives, Window window, MembershipOptions with) {
    return new Rule(named("oncall"), Optional.empty(), gives, with, window);
  }

  private static Optional<GroupMatch> named(String group) {
    return Optional.of(GroupMatch.named(group));
  }

  private static Policy policy(Rule... rules) {
    return new Policy(
        "test",
        List.of("app"),
        List.of(),
        new LoginRoles(
            UserFilter.of("active eq true"), NameTemplate.of("{userName}"), -1, Map.of()),
        Map.of("read", new AccessRole("read", List.of(), Set.of())),
        List.of(),
        List.of(rules),
        Limits.NONE,
        Mode.ENFORCE,
        List.of());
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
        List.of(),
        List.of(
            new Rule(named("Analysts"), Optional.empty(), Set.of("read")),
            new Rule(named("oncall"), Optional.empty(), Set.of("read", "write")),
            new Rule(Optional.empty(), Optional.of(service), Set.of("jobs")),
            new Rule(named("mixed"), Optional.of(service), Set.of("both"))),
        Limits.NONE,
        Mode.ENFORCE,
        List.of());
  }
}
