package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleChanged.Kind;
import io.pgscim.events.UserState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles that were there before: one that the policy lists becomes pgscim's, no other ever does. */
class AdoptionIT {
  private World world;
  private String old;

  @BeforeEach
  void world() throws Exception {
    world = new World();
    old = "old_" + world.tag;
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void aListedLoginBecomesThatPersonsAndLosesWhatNobodyGave() {
    world.run("CREATE ROLE " + old + " LOGIN CREATEROLE CONNECTION LIMIT 3");
    letAdminister(old);
    String oid = oid(old);
    adopt(old + ": { userName: Ada@" + world.tag + " }");
    world.start();
    UserState ada = world.user("ada@" + world.tag);
    GroupState readers = world.group("readers-" + world.tag);

    world.push(ada, readers, world.member(readers, ada, true));

    world.eventually("it has ada's name", () -> world.isMember(ada.userName(), world.reader));
    assertThat(oid(ada.userName())).isEqualTo(oid);
    assertThat(world.exists(old)).isFalse();
    assertThat(
            world.ask(
                "postgres",
                "SELECT rolcreaterole || ' ' || rolconnlimit FROM pg_roles WHERE rolname = ?",
                ada.userName()))
        .containsExactly("false -1");
    world.settled();
    assertThat(world.events(RoleChanged.class))
        .filteredOn(changed -> ada.id().equals(changed.userId()))
        .extracting(changed -> changed.change().kind())
        .contains(Kind.ADOPT_ROLE, Kind.ALTER_ROLE)
        .doesNotContain(Kind.CREATE_ROLE);

    world.push(world.user(ada.id(), ada.userName(), false));
    world.eventually("ada is out", () -> !world.canLogin(ada.userName()));
  }

  @Test
  void theListedLoginOfSomebodyInactiveIsClosed() {
    world.run("CREATE ROLE " + old + " LOGIN");
    letAdminister(old);
    UserState ada = world.user("17", "ada@" + world.tag, false);
    adopt(old + ": { id: '17' }");
    world.start();

    world.push(ada);

    world.eventually("it is closed", () -> !world.canLogin(old));
    assertThat(
            world.ask(world.home(), "SELECT state FROM pgscim.managed_role WHERE user_id = '17'"))
        .containsExactly("disabled");
  }

  @Test
  void whatMustNotBeAdoptedIsRefusedAndTheReasonSaid() {
    String superuser = "super_" + world.tag;
    String provider = "provider_" + world.tag;
    world.run("CREATE ROLE " + superuser + " LOGIN SUPERUSER");
    world.run("CREATE ROLE " + old + " LOGIN");
    world.run("CREATE ROLE " + provider + " LOGIN");
    letAdminister(provider);
    world.run(
        "DO 'BEGIN CREATE ROLE rds_superuser; EXCEPTION WHEN duplicate_object THEN END';"
            + " GRANT rds_superuser TO "
            + provider);
    adopt(
        superuser + ": { userName: a" + world.tag + " }",
        old + ": { userName: b" + world.tag + " }",
        provider + ": { userName: c" + world.tag + " }",
        world.owner + ": { userName: d" + world.tag + " }");
    world.start();

    world.push(
        world.user("a" + world.tag),
        world.user("b" + world.tag),
        world.user("c" + world.tag),
        world.user("d" + world.tag));
    world.settled();

    assertThat(world.events(RoleChangeRefused.class))
        .extracting(RoleChangeRefused::role, RoleChangeRefused::description)
        .containsExactlyInAnyOrder(
            refused(superuser), refused(old), refused(provider), refused(world.owner));
    assertThat(reason(superuser)).contains("superuser");
    assertThat(reason(old)).contains("WITH ADMIN TRUE");
    assertThat(reason(provider)).contains("cloud provider");
    assertThat(reason(world.owner)).contains("the applier itself works with");
    assertThat(world.canLogin(superuser)).isTrue();
    assertThat(
            world.ask(world.home(), "SELECT 1 FROM pgscim.managed_role WHERE user_id IS NOT NULL"))
        .isEmpty();
    world.run("DROP ROLE " + superuser);
  }

  @Test
  void anAccessRoleThatSaysSoIsAdopted() {
    world.run("CREATE ROLE " + world.reader + " CREATEROLE");
    letAdminister(world.reader);
    world.in(world.app, "GRANT SELECT ON crm.customers TO " + world.reader);
    String oid = oid(world.reader);
    world.policy(
        world
            .usualPolicy()
            .replace("  " + world.reader + ":\n", "  " + world.reader + ":\n    adopt: true\n"));
    world.start();
    UserState ada = world.user("ada@" + world.tag);
    GroupState readers = world.group("readers-" + world.tag);

    world.push(ada, readers, world.member(readers, ada, true));

    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    assertThat(oid(world.reader)).isEqualTo(oid);
    assertThat(world.events(RoleChanged.class))
        .filteredOn(changed -> changed.role().equals(world.reader))
        .extracting(changed -> changed.change().kind())
        .contains(Kind.ADOPT_ROLE, Kind.REVOKE_PRIVILEGE);
  }

  private void adopt(String... lines) {
    world.policy(
        world
            .usualPolicy()
            .replace(
                "  name: '{userName}'",
                "  name: '{userName}'\n  adopt:\n    " + String.join("\n    ", List.of(lines))));
  }

  private void letAdminister(String role) {
    world.lend(role, "ADMIN TRUE, INHERIT FALSE, SET FALSE");
  }

  private static org.assertj.core.groups.Tuple refused(String role) {
    return org.assertj.core.groups.Tuple.tuple(role, "adopt role " + role);
  }

  private String reason(String role) {
    return world.events(RoleChangeRefused.class).stream()
        .filter(refused -> refused.role().equals(role))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private String oid(String role) {
    return world
        .ask("postgres", "SELECT oid::text FROM pg_roles WHERE rolname = ?", role)
        .getFirst();
  }
}
