package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pgscim.applier.policy.PolicyFile;
import io.pgscim.applier.policy.PolicyReading;
import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleChanged.Kind;
import io.pgscim.events.UserState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes, in time, of the role of somebody who left, as the least-privilege login does it.
 */
class LeaverIT {
  private World world;
  private String heir;
  private String second;
  private UserState ada;

  @BeforeEach
  void world() throws Exception {
    world = new World();
    heir = "heir_" + world.tag;
    second = "second_" + world.tag;
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void isDroppedAfterItsTimeWithPrivilegesInEveryDatabaseAndTheNameIsFree() {
    begin("{ drop_after: 0s }");
    world.run("CREATE DATABASE " + second);
    world.in(
        second,
        "CREATE TABLE notes (id int); GRANT SELECT ON notes TO pgscim_applier WITH GRANT OPTION;"
            + " SET ROLE pgscim_applier; GRANT SELECT ON notes TO \""
            + ada.userName()
            + "\"");
    world.in(
        world.app,
        "ALTER DEFAULT PRIVILEGES FOR ROLE \"%1$s\" GRANT SELECT ON TABLES TO %2$s"
            .formatted(ada.userName(), world.reader));
    UserState namesake = world.user(ada.userName());
    world.push(namesake);
    world.settled();
    String oid = oid();

    world.push(world.user(ada.id(), ada.userName(), false));

    world.eventually(
        "somebody else has the name now",
        () ->
            !world
                .ask(
                    "postgres",
                    "SELECT 1 FROM pg_roles WHERE rolname = ? AND oid::text <> ?",
                    ada.userName(),
                    oid)
                .isEmpty());
    world.settled();
    assertThat(kinds(ada))
        .containsSubsequence(Kind.DISABLE_LOGIN, Kind.REVOKE_PRIVILEGE, Kind.DROP_ROLE);
    assertThat(managed(ada)).isEmpty();
    assertThat(managed(namesake)).containsExactly("active");
  }

  @Test
  void thePlanSaysWhoIsDueAndChangesNothing() {
    world.run("CREATE ROLE " + heir + " NOLOGIN");
    world.lend(heir, "INHERIT TRUE, SET TRUE");
    begin("{ role: disable, objects: keep }");
    own(world.app, "sales.drafts");
    world.push(world.user(ada.id(), ada.userName(), false));
    world.eventually("ada is out", () -> managed(ada).equals(List.of("disabled")));
    world.settled();

    assertThat(due("{ role: disable, objects: keep }")).isEmpty();
    assertThat(due("{ drop_after: 1d, objects: { reassign_to: " + heir + " } }")).isEmpty();
    assertThat(due("{ drop_after: 0s, objects: { reassign_to: " + heir + " } }"))
        .extracting(PlanView.ChangeView::description, PlanView.ChangeView::sql)
        .containsExactly(
            tuple(
                "give the 1 object of %s in database %s to %s"
                    .formatted(ada.userName(), world.app, heir),
                "REASSIGN OWNED BY \"%s\" TO \"%s\"".formatted(ada.userName(), heir)),
            tuple(
                "take every privilege in database %s from %s".formatted(world.app, ada.userName()),
                "DROP OWNED BY \"%s\"".formatted(ada.userName())),
            tuple("drop role " + ada.userName(), "DROP ROLE \"%s\"".formatted(ada.userName())));
    assertThat(due("{ drop_after: 0s, objects: keep }")).isEmpty();
    assertThat(planned("{ drop_after: 0s, objects: keep }").refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).contains("owns 1 object in database " + world.app));
    assertThat(world.exists(ada.userName())).isTrue();
  }

  private List<PlanView.ChangeView> due(String leaver) {
    return planned(leaver).changes().stream()
        .filter(change -> ada.id().equals(change.userId()))
        .toList();
  }

  private PlanView planned(String leaver) {
    var reading =
        (PolicyReading.Valid)
            PolicyFile.read("proposed", policy(leaver).getBytes(StandardCharsets.UTF_8));
    return world.appliers().getFirst().plan(Optional.of(reading.policy())).orElseThrow();
  }

  @Test
  void whoOwnsSomethingStaysDisabledAndIsSaidToUntilItIsGone() {
    begin("{ drop_after: 0s, objects: keep }");
    own(world.app, "sales.drafts");

    world.push(world.user(ada.id(), ada.userName(), false));

    world.eventually("it is refused", () -> !refusals().isEmpty());
    assertThat(refusals())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.reason())
                    .contains("stays disabled", "owns 1 object in database " + world.app));
    assertThat(world.exists(ada.userName())).isTrue();
    assertThat(world.canLogin(ada.userName())).isFalse();
    assertThat(managed(ada)).containsExactly("disabled");
    assertThat(world.ask(world.app, "SELECT note FROM sales.drafts")).containsExactly("mine");

    world.in(world.app, "DROP TABLE sales.drafts");
    world.policy(policy("{ drop_after: 1s, objects: keep }"));

    world.eventually("the role is gone", () -> !world.exists(ada.userName()));
    world.settled();
    assertThat(refusals()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgscim_applier", "postgres"})
  void objectsOfEveryDatabaseGoToARoleThatHasNothing(String login) {
    world.run("CREATE ROLE " + heir + " NOLOGIN");
    world.lend(heir, "INHERIT TRUE, SET TRUE");
    begin("{ drop_after: 0s, objects: { reassign_to: " + heir + " } }", login);
    world.run("CREATE DATABASE " + second);
    own(world.app, "sales.drafts");
    own(second, "public.drafts");

    world.push(world.user(ada.id(), ada.userName(), false));

    world.eventually("the role is gone", () -> !world.exists(ada.userName()));
    for (String database : List.of(world.app, second)) {
      assertThat(
              world.ask(
                  database,
                  "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'drafts'"))
          .as(database)
          .containsExactly(heir);
    }
    world.settled();
    assertThat(world.events(RoleChanged.class))
        .filteredOn(e -> e.change().kind() == Kind.REASSIGN_OBJECTS)
        .extracting(e -> e.change().description())
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).startsWith("give the 1 object of " + ada.userName()));
    assertThat(world.memberships("pgscim_applier")).noneMatch(m -> m.contains(ada.userName()));
  }

  @Test
  void objectsNeverGoToARoleThatHasSomething() {
    world.run("CREATE ROLE " + heir + " NOLOGIN");
    world.lend(heir, "INHERIT TRUE, SET TRUE");
    world.in(world.app, "GRANT SELECT ON crm.customers TO " + heir);
    begin("{ role: drop, objects: { reassign_to: " + heir + " } }");
    own(world.app, "sales.drafts");

    world.push(world.user(ada.id(), ada.userName(), false));

    world.eventually("it is refused", () -> !refusals().isEmpty());
    assertThat(refusals().getFirst().reason())
        .contains(heir + " has privileges on what others own");
    assertThat(world.ask(world.app, "SELECT tableowner FROM pg_tables WHERE tablename = 'drafts'"))
        .containsExactly(ada.userName());
  }

  @Test
  void whoReturnsInTimeHasTheSameRoleAgain() {
    begin("{ drop_after: 1d }");
    String oid = oid();
    world.push(world.user(ada.id(), ada.userName(), false));
    world.eventually("ada is out", () -> !world.canLogin(ada.userName()));
    world.settled();

    world.push(world.user(ada.id(), ada.userName(), true));

    world.eventually("ada is back", () -> world.canLogin(ada.userName()));
    assertThat(oid()).isEqualTo(oid);
    assertThat(managed(ada)).containsExactly("active");
    assertThat(world.isMember(ada.userName(), world.reader)).isTrue();
  }

  @Test
  void whatIsGoneAlreadyIsForgotten() {
    begin("{ drop_after: 2s }");
    world.push(world.user(ada.id(), ada.userName(), false));
    world.eventually("ada is out", () -> !world.canLogin(ada.userName()));
    world.run("DROP ROLE \"" + ada.userName() + "\"");

    world.eventually("nothing is managed", () -> managed(ada).isEmpty());
    world.settled();
    assertThat(kinds(ada)).endsWith(Kind.DROP_ROLE);
  }

  private void begin(String leaver) {
    begin(leaver, "pgscim_applier");
  }

  private void begin(String leaver, String login) {
    world.policy(policy(leaver));
    RoleApplier applier = world.startAs(login);
    world.eventually("ready", () -> applier.standing().ready());
    ada = world.user("ada@" + world.tag);
    GroupState readers = world.group("readers-" + world.tag);
    world.push(ada, readers, world.member(readers, ada, true));
    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
  }

  private String policy(String leaver) {
    return world
        .usualPolicy()
        .replace("  name: '{userName}'", "  name: '{userName}'\n  leaver: " + leaver);
  }

  /** A table of ada's own, with a row in it. */
  private void own(String database, String table) {
    world.in(
        database,
        "CREATE TABLE %1$s AS SELECT 'mine' AS note; ALTER TABLE %1$s OWNER TO \"%2$s\""
            .formatted(table, ada.userName()));
  }

  private List<RoleChangeRefused> refusals() {
    return world.events(RoleChangeRefused.class).stream()
        .filter(refused -> refused.description().startsWith("drop role"))
        .toList();
  }

  private List<Kind> kinds(UserState user) {
    return world.events(RoleChanged.class).stream()
        .filter(changed -> user.id().equals(changed.userId()))
        .map(changed -> changed.change().kind())
        .toList();
  }

  private List<String> managed(UserState user) {
    return world.ask(
        world.home(), "SELECT state FROM pgscim.managed_role WHERE user_id = ?", user.id());
  }

  private String oid() {
    return world
        .ask("postgres", "SELECT oid::text FROM pg_roles WHERE rolname = ?", ada.userName())
        .getFirst();
  }
}
