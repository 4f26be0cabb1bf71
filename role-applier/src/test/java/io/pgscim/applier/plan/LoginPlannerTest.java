package io.pgscim.applier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.current.Candidate;
import io.pgscim.applier.current.CurrentLogin;
import io.pgscim.applier.current.HeldMembership;
import io.pgscim.applier.current.NameHolder;
import io.pgscim.applier.policy.Authentication;
import io.pgscim.applier.policy.MembershipOptions;
import io.pgscim.applier.wanted.Given;
import io.pgscim.applier.wanted.RoleName;
import io.pgscim.applier.wanted.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginPlannerTest {
  private static final String GRANTER = "granter";
  private static final MembershipOptions SET_ONLY = new MembershipOptions(false, true);

  private final List<Wanted> wanted = new ArrayList<>();
  private final Map<String, CurrentLogin> current = new HashMap<>();
  private final Map<String, NameHolder> holders = new HashMap<>();

  @Test
  void createsARoleWithEverythingItShouldHave() {
    wanted.add(
        new Wanted.Login(
            "u1",
            new RoleName.Fit("ada"),
            5,
            Map.of(
                "statement_timeout", "5min",
                "search_path", "sales, \"My Schema\"",
                "search_path@my app", "a, b"),
            Map.of("read", given(MembershipOptions.USUAL), "write", given(SET_ONLY))));

    assertThat(sql())
        .containsExactly(
            "CREATE ROLE \"ada\" LOGIN CONNECTION LIMIT 5",
            "ALTER ROLE \"ada\" SET \"search_path\" TO 'sales', 'My Schema'",
            "ALTER ROLE \"ada\" IN DATABASE \"my app\" SET \"search_path\" TO 'a', 'b'",
            "ALTER ROLE \"ada\" SET \"statement_timeout\" TO '5min'",
            "GRANT \"read\" TO \"ada\" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY \"granter\"",
            "GRANT \"write\" TO \"ada\" WITH ADMIN FALSE, INHERIT FALSE, SET TRUE GRANTED BY \"granter\"");
  }

  @Test
  void findsNothingToDoWhenAllIsAsWanted() {
    wants("u1", "ada", "read");
    has("u1", "ada", true, held("read", GRANTER));

    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void aMembershipWithOtherOptionsIsGivenAnew() {
    wanted.add(
        new Wanted.Login(
            "u1", new RoleName.Fit("ada"), -1, Map.of(), Map.of("read", given(SET_ONLY))));
    has("u1", "ada", true, held("read", GRANTER));

    assertThat(words()).containsExactly("make ada a member of read, by SET ROLE only");

    current.clear();
    has("u1", "ada", true, new HeldMembership("read", true, GRANTER, false, false, true));
    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void revokesBeforeItGrants() {
    wants("u1", "ada", "write");
    has("u1", "ada", true, held("read", GRANTER));

    assertThat(words()).containsExactly("take read from ada", "make ada a member of write");
  }

  @Test
  void takesAMembershipFromWhoeverGaveIt() {
    wants("u1", "ada");
    has("u1", "ada", true, held("read", GRANTER), held("read", "dba"));

    assertThat(sql())
        .containsExactly(
            "REVOKE \"read\" FROM \"ada\" GRANTED BY \"granter\" CASCADE",
            "SELECT pgscim_admin.revoke_membership('read', 'ada', 'dba')");
  }

  @Test
  void leavesMembershipsInRolesOfOthersAloneWhileThePersonIsHere() {
    wants("u1", "ada");
    has("u1", "ada", true, new HeldMembership("theirs", false, "dba", true, true, true));

    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void aSecondCopyThatCouldBePassedOnIsTaken() {
    wants("u1", "ada", "read");
    has(
        "u1",
        "ada",
        true,
        held("read", GRANTER),
        new HeldMembership("read", true, "dba", true, true, true));

    assertThat(words()).containsExactly("take read from ada (granted by dba)");
    assertThat(((RoleChange.RevokeMembership) plan().changes().getFirst()).endsAccess()).isFalse();
  }

  @Test
  void repairsOptionsThatSomebodyChanged() {
    wants("u1", "ada", "read");
    has("u1", "ada", true, new HeldMembership("read", true, GRANTER, true, true, false));

    assertThat(words()).containsExactly("make ada a member of read");
  }

  @Test
  void closesTheRoleOfWhoeverHasNoAccess() {
    wanted.add(new Wanted.NoAccess("u1", false, "inactive"));
    has(
        "u1",
        "ada",
        true,
        held("read", GRANTER),
        new HeldMembership("theirs", false, "dba", false, true, true));

    assertThat(words())
        .containsExactly(
            "do not let ada log in any more",
            "take read from ada",
            "take theirs from ada (granted by dba)");
  }

  @Test
  void aClosedRoleStaysClosedAndNobodyGetsOneForNothing() {
    wanted.add(new Wanted.NoAccess("u1", true, "deleted"));
    wanted.add(new Wanted.NoAccess("u2", false, "inactive"));
    has("u1", "ada", false);

    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void opensTheRoleAgainAndRepairsIt() {
    wants("u1", "ada", "read");
    current.put(
        "u1",
        new CurrentLogin(
            "u1", "ada", false, 3, Set.of("CREATEDB"), Map.of(), Set.of("work_mem"), List.of()));

    assertThat(sql())
        .containsExactly(
            "ALTER ROLE \"ada\" NOCREATEDB",
            "ALTER ROLE \"ada\" LOGIN",
            "ALTER ROLE \"ada\" CONNECTION LIMIT -1",
            "ALTER ROLE \"ada\" RESET \"work_mem\"",
            "GRANT \"read\" TO \"ada\" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY \"granter\"");
  }

  @Test
  void aNewNameKeepsTheRole() {
    wants("u1", "ada.king", "write");
    has("u1", "ada", true, held("read", GRANTER));

    assertThat(words())
        .containsExactly(
            "take read from ada", "rename ada to ada.king", "make ada.king a member of write");
  }

  @Test
  void neverTakesANameThatSomebodyHas() {
    wants("u1", "postgres");
    wants("u2", "read");
    wants("u3", "bob", "read");
    holders.put("postgres", new NameHolder.Unmanaged());
    holders.put("read", new NameHolder.Access());
    holders.put("bob", new NameHolder.Person("u9", false));

    assertThat(words()).isEmpty();
    assertThat(plan().refusals())
        .extracting(Refusal::role, Refusal::description)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("postgres", "create login role postgres"),
            org.assertj.core.groups.Tuple.tuple("read", "create login role read"),
            org.assertj.core.groups.Tuple.tuple("bob", "create login role bob"));
    assertThat(plan().refusals()).anySatisfy(r -> assertThat(r.reason()).contains("user u9"));
  }

  @Test
  void aRefusedNewNameLeavesTheOldOneInUse() {
    wants("u1", "postgres", "read");
    has("u1", "ada", true);
    holders.put("postgres", new NameHolder.Unmanaged());

    assertThat(words()).containsExactly("make ada a member of read");
    assertThat(plan().refusals())
        .extracting(Refusal::description)
        .containsExactly("rename ada to postgres");
  }

  @Test
  void ofTwoWhoWantANameOneGetsItAlwaysTheSame() {
    wants("u2", "bob");
    wants("u1", "bob");

    assertThat(plan().changes())
        .containsExactly(new RoleChange.CreateLogin(Subject.user("u1"), "bob", -1));
    assertThat(plan().refusals()).extracting(Refusal::subject).containsExactly(Subject.user("u2"));
  }

  @Test
  void aSuccessorGetsTheNameOfSomebodyGoneButNotTheRole() {
    wants("u2", "ada");
    holders.put("ada", new NameHolder.Person("u1", true));

    assertThat(words())
        .hasSize(2)
        .satisfies(w -> assertThat(w.get(0)).matches("rename ada to ada~[0-9a-f]{10}"))
        .satisfies(w -> assertThat(w.get(1)).isEqualTo("create login role ada"));
  }

  @Test
  void chainsOfNewNamesAreMadeFromTheirEnd() {
    wants("u1", "b");
    wants("u2", "c");
    has("u1", "a", true);
    has("u2", "b", true);
    holders.put("b", new NameHolder.Person("u2", false));

    assertThat(words()).containsExactly("rename b to c", "rename a to b");
  }

  @Test
  void twoWhoSwapNamesBothGetThem() {
    wants("u1", "b");
    wants("u2", "a");
    has("u1", "a", true);
    has("u2", "b", true);
    holders.put("a", new NameHolder.Person("u1", false));
    holders.put("b", new NameHolder.Person("u2", false));

    assertThat(words()).hasSize(3);
    assertThat(words().get(0)).matches("rename a to a~[0-9a-f]{10}");
    assertThat(words().get(1)).isEqualTo("rename b to a");
    assertThat(words().get(2)).matches("rename a~[0-9a-f]{10} to b");
  }

  @Test
  void whoWaitsForANameThatIsNotGivenUpIsRefused() {
    wants("u1", "b");
    wants("u2", "postgres");
    has("u1", "a", true);
    has("u2", "b", true);
    holders.put("b", new NameHolder.Person("u2", false));
    holders.put("postgres", new NameHolder.Unmanaged());

    assertThat(words()).isEmpty();
    assertThat(plan().refusals()).hasSize(2);
  }

  @Test
  void aRoleThatIsAdoptedIsThenLikeAnyOther() {
    wants("u1", "ada", "read");
    CurrentLogin old =
        new CurrentLogin("u1", "old", true, 3, Set.of("CREATEROLE"), Map.of(), Set.of(), List.of());

    Plan plan = adopting(new Candidate(old, Optional.empty()));

    assertThat(plan.changes())
        .extracting(RoleChange::sql)
        .containsExactly(
            "ALTER ROLE \"old\" INHERIT",
            "ALTER ROLE \"old\" NOCREATEROLE",
            "ALTER ROLE \"old\" RENAME TO \"ada\"",
            "ALTER ROLE \"ada\" CONNECTION LIMIT -1",
            "GRANT \"read\" TO \"ada\" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY \"granter\"");
  }

  @Test
  void whoCannotHaveTheListedRoleGetsNoOther() {
    wants("u1", "ada", "read");
    CurrentLogin old =
        new CurrentLogin("u1", "old", true, 3, Set.of(), Map.of(), Set.of(), List.of());

    Plan plan = adopting(new Candidate(old, Optional.of("it is a superuser")));

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.refusals()).extracting(Refusal::reason).containsExactly("it is a superuser");
  }

  @Test
  void whatTheGranterGaveInARoleOfOthersIsTakenToo() {
    wants("u1", "ada");
    has("u1", "ada", true, new HeldMembership("rds_iam", false, GRANTER, false, true, true));

    assertThat(words()).containsExactly("take rds_iam from ada");
  }

  @Test
  void rolesOfCloudSqlAreMadeByItsApiOnly() {
    wants("u1", "ada", "read");

    Plan plan =
        LoginPlanner.plan(
            new Memberships(GRANTER, Revoker.FUNCTION, Dialect.OPTIONS, Hands.STATEMENTS),
            Authentication.CLOUDSQL_IAM,
            wanted,
            current,
            Map.of(),
            holders);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).contains("gcloud sql users create"));
  }

  private Plan adopting(Candidate candidate) {
    return LoginPlanner.plan(
        new Memberships(GRANTER, Revoker.FUNCTION, Dialect.OPTIONS, Hands.STATEMENTS),
        Authentication.PASSWORD,
        wanted,
        current,
        Map.of("u1", candidate),
        holders);
  }

  private void wants(String userId, String name, String... roles) {
    Map<String, Given> memberships = new HashMap<>();
    for (String role : roles) {
      memberships.put(role, given(MembershipOptions.USUAL));
    }
    wanted.add(new Wanted.Login(userId, new RoleName.Fit(name), -1, Map.of(), memberships));
  }

  private static Given given(MembershipOptions with) {
    return new Given(Set.of("g1"), with);
  }

  private void has(String userId, String name, boolean canLogin, HeldMembership... held) {
    current.put(
        userId,
        new CurrentLogin(userId, name, canLogin, -1, Set.of(), Map.of(), Set.of(), List.of(held)));
  }

  private static HeldMembership held(String role, String grantor) {
    return new HeldMembership(role, true, grantor, false, true, true);
  }

  private Plan plan() {
    return LoginPlanner.plan(
        new Memberships(GRANTER, Revoker.FUNCTION, Dialect.OPTIONS, Hands.STATEMENTS),
        wanted,
        current,
        holders);
  }

  private List<String> sql() {
    return plan().changes().stream().map(RoleChange::sql).toList();
  }

  private List<String> words() {
    return plan().changes().stream().map(RoleChange::description).toList();
  }
}
