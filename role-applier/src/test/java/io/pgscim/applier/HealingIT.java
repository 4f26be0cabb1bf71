package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.UserState;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class HealingIT {
  private World world;
  private UserState ada;
  private GroupState readers;

  @BeforeEach
  void adaReads() throws Exception {
    world = new World();
    world.start();
    ada = world.user("ada." + world.tag);
    readers = world.group("readers-" + world.tag);
    world.push(ada, readers, world.member(readers, ada, true));
    world.settled();
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void whatSomebodyChangedByHandIsRepairedAtTheNextStart() {
    world.stopAll();
    String name = ada.userName();
    world.run("SET ROLE pgscim_granter; REVOKE " + world.reader + " FROM \"" + name + "\"");
    world.run("GRANT " + world.writer + " TO \"" + name + "\" WITH ADMIN OPTION");
    world.run("ALTER ROLE \"" + name + "\" NOLOGIN CREATEROLE CONNECTION LIMIT 7");
    world.run("ALTER ROLE \"" + name + "\" RENAME TO \"renamed." + world.tag + "\"");
    world.run("ALTER ROLE " + world.reader + " LOGIN");
    world.run("SET ROLE pgscim_granter; REVOKE " + world.reader + " FROM " + world.writer);
    world.in(
        world.app,
        "REVOKE SELECT ON sales.orders FROM "
            + world.reader
            + "; GRANT DELETE ON sales.orders TO "
            + world.reader
            + "; GRANT SELECT ON crm.customers TO "
            + world.reader);

    world.start();

    assertThat(world.canLogin(name)).isTrue();
    assertThat(world.exists("renamed." + world.tag)).isFalse();
    assertThat(world.memberships(name)).containsExactly(world.reader + " by pgscim_granter");
    assertThat(
            world.ask(
                "postgres",
                "SELECT rolcreaterole || ' ' || rolconnlimit FROM pg_roles WHERE rolname = ?",
                name))
        .containsExactly("false -1");
    assertThat(world.canLogin(world.reader)).isFalse();
    assertThat(world.memberships(world.writer)).hasSize(1);
    assertThat(privileges("sales.orders")).containsExactly("SELECT");
    assertThat(privileges("crm.customers")).isEmpty();
    world.settled();
    assertThat(world.events(RoleChangeRefused.class)).isEmpty();
  }

  @Test
  void aRoleThatWasDroppedIsCreatedAgain() {
    world.stopAll();
    world.run("DROP ROLE \"" + ada.userName() + "\"");

    world.start();

    assertThat(world.memberships(ada.userName()))
        .containsExactly(world.reader + " by pgscim_granter");
  }

  @Test
  void aRoleThatSomebodyMadeInItsPlaceIsLeftAlone() {
    world.stopAll();
    world.run("DROP ROLE \"" + ada.userName() + "\"");
    world.run("CREATE ROLE \"" + ada.userName() + "\" LOGIN");
    int before = world.events(RoleChangeRefused.class).size();

    world.start();
    world.settled();

    assertThat(world.memberships(ada.userName())).isEmpty();
    assertThat(world.events(RoleChangeRefused.class)).hasSize(before + 1);
  }

  @Test
  void rolesOfOthersAreNeverTouched() {
    world.stopAll();
    String other = "theirs_" + world.tag;
    world.run("CREATE ROLE " + other + " LOGIN CREATEDB CONNECTION LIMIT 2");
    world.run("GRANT " + world.reader + " TO " + other);
    world.run("GRANT " + other + " TO \"" + ada.userName() + "\"");
    world.in(world.app, "GRANT SELECT ON sales.orders TO " + other);
    String before = everythingAbout(other);

    world.start();
    world.push(world.user(ada.id(), "ada.king." + world.tag, true));
    world.settled();

    assertThat(everythingAbout(other)).isEqualTo(before);
    assertThat(world.memberships("ada.king." + world.tag))
        .contains(other + " by postgres", world.reader + " by pgscim_granter");
  }

  @Test
  void anAccessRoleOfThatNameThatSomebodyElseMadeIsNotGivenToAnybody() throws Exception {
    world.run("CREATE ROLE taken_" + world.tag);
    world.run("GRANT pg_read_all_data TO taken_" + world.tag);

    world.policy(world.usualPolicy().replace(world.writer, "taken_" + world.tag));
    GroupState writers = world.group("writers-" + world.tag);
    world.eventually("it is refused", () -> !world.events(RoleChangeRefused.class).isEmpty());
    world.push(writers, world.member(writers, ada, true));
    world.settled();

    assertThat(world.memberships(ada.userName()))
        .containsExactly(world.reader + " by pgscim_granter");
    assertThat(world.memberships("taken_" + world.tag))
        .containsExactly("pg_read_all_data by postgres");
  }

  @Test
  void tablesMadeLaterByAnOwnerAreCovered() throws Exception {
    world.in(world.app, "SET ROLE " + world.owner + "; CREATE TABLE sales.tomorrow (id int)");

    try (Connection session = world.connect(world.app, ada.userName());
        Statement statement = session.createStatement()) {
      assertThat(statement.execute("SELECT * FROM sales.tomorrow")).isTrue();
      assertThatThrownBy(() -> statement.execute("DELETE FROM sales.tomorrow"))
          .hasMessageContaining("permission denied");
    }
  }

  private List<String> privileges(String table) {
    return world.ask(
        world.app,
        "SELECT privilege_type FROM pg_class, aclexplode(relacl) acl WHERE oid = ?::regclass"
            + " AND acl.grantee = ?::regrole ORDER BY 1",
        table,
        world.reader);
  }

  private String everythingAbout(String role) {
    return String.join(
            "\n",
            world.ask(
                "postgres", "SELECT a::text || xmin FROM pg_authid a WHERE rolname = ?", role))
        + world.memberships(role)
        + world
            .ask(
                "postgres",
                "SELECT member::regrole || ' ' || grantor::regrole FROM pg_auth_members JOIN pg_roles r"
                    + " ON r.oid = roleid AND r.rolname = ?",
                role)
            .size();
  }
}
