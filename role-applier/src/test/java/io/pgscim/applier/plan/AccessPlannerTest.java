package io.pgscim.applier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.current.CurrentAccess;
import io.pgscim.applier.current.HeldMembership;
import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.policy.LoginRoles;
import io.pgscim.applier.policy.Mode;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.UserFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessPlannerTest {
  private static final Memberships MEMBERSHIPS =
      new Memberships("granter", Revoker.LOGIN, Dialect.OPTIONS, Hands.STATEMENTS);

  private final Map<String, CurrentAccess> current = new HashMap<>();

  @Test
  void createsWhatIsMissingAndLetsTheGranterHandItOut() {
    assertThat(plan().changes())
        .extracting(RoleChange::sql)
        .containsExactly(
            "CREATE ROLE \"read\" NOLOGIN; GRANT \"read\" TO \"granter\" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
            "CREATE ROLE \"write\" NOLOGIN; GRANT \"write\" TO \"granter\" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
            "GRANT \"read\" TO \"write\" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY \"granter\"");
  }

  @Test
  void findsNothingToDoWhenAllIsAsWanted() {
    has("read");
    has("write", held("read"));

    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void aRoleOfThatNameThatIsNotPgscimsIsLeftAloneAndNotUsed() {
    current.put(
        "read",
        new CurrentAccess("read", false, false, true, Set.of(), false, List.of(), Set.of()));
    has("write");

    assertThat(plan().changes()).isEmpty();
    assertThat(plan().refusals()).extracting(Refusal::role).containsExactly("read");
    assertThat(AccessPlanner.usable(policy(), current)).containsExactly("write");
  }

  @Test
  void repairsWhatSomebodyChanged() {
    current.put(
        "read",
        new CurrentAccess(
            "renamed", true, false, true, Set.of("CREATEDB"), false, List.of(), Set.of()));
    has("write", held("read"));

    assertThat(plan().changes())
        .extracting(RoleChange::description)
        .containsExactly(
            "do not let renamed log in any more",
            "take CREATEDB from renamed",
            "rename renamed to read",
            "let granter hand out read");
  }

  @Test
  void aRoleThatThePolicyForgotLosesWhatItIsAMemberOf() {
    has("read");
    has("write", held("read"));
    has("old", held("read"));

    assertThat(plan().changes())
        .extracting(RoleChange::description)
        .containsExactly("take read from old");
  }

  private void has(String name, HeldMembership... held) {
    current.put(
        name, new CurrentAccess(name, true, false, false, Set.of(), true, List.of(held), Set.of()));
  }

  private static HeldMembership held(String role) {
    return new HeldMembership(role, true, "granter", false, true, true);
  }

  private Plan plan() {
    return AccessPlanner.plan(MEMBERSHIPS, policy(), current);
  }

  private static Policy policy() {
    return new Policy(
        "test",
        List.of("app"),
        List.of(),
        new LoginRoles(
            UserFilter.of("active eq true"), NameTemplate.of("{userName}"), -1, Map.of()),
        Map.of(
            "read",
            new AccessRole("read", List.of(), Set.of()),
            "write",
            new AccessRole("write", List.of(), Set.of("read"))),
        List.of(),
        List.of(),
        Limits.NONE,
        Mode.ENFORCE,
        List.of());
  }
}
