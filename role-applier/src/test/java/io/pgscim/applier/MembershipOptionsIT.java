package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.UserState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipOptionsIT {
  private static final String READS_ALL = "pg_read_all_data by pgscim_granter";

  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() throws Exception {
    world.run("REVOKE pg_read_all_data FROM pgscim_granter CASCADE");
    world.close();
  }

  @Test
  void whoDoesNotInheritHasToAskForTheRole() throws Exception {
    world.policy(rule("with: { inherit: false }"));
    world.start();
    UserState ada = world.user("ada." + world.tag);
    GroupState readers = world.group("readers-" + world.tag);
    GroupState writers = world.group("writers-" + world.tag);
    world.push(
        ada, readers, writers, world.member(readers, ada, true), world.member(writers, ada, true));
    world.eventually("ada writes", () -> world.isMember(ada.userName(), world.writer));

    String insert = "INSERT INTO sales.orders VALUES (2, 'second')";
    try (Connection session = world.connect(world.app, ada.userName());
        Statement statement = session.createStatement()) {
      assertThatThrownBy(() -> statement.execute(insert)).isInstanceOf(SQLException.class);
      statement.execute("SET ROLE " + world.writer);
      statement.execute(insert);
    }

    world.policy(rule("with: { set: false }"));
    world.eventually("she inherits", () -> options(ada).equals(List.of("true false")));
    try (Connection session = world.connect(world.app, ada.userName());
        Statement statement = session.createStatement()) {
      statement.execute(insert);
      assertThatThrownBy(() -> statement.execute("SET ROLE " + world.writer))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void anAccessRoleCanBeAMemberOfOneThatPostgresDefines() {
    world.policy(member("[pg_read_all_data]"));
    world.start();
    world.eventually("it is refused", () -> !world.events(RoleChangeRefused.class).isEmpty());
    assertThat(world.events(RoleChangeRefused.class))
        .singleElement()
        .satisfies(
            refused ->
                assertThat(refused.reason())
                    .endsWith(
                        "have a superuser run GRANT pg_read_all_data TO pgscim_granter WITH ADMIN"
                            + " TRUE, INHERIT FALSE, SET FALSE"));

    world.run("GRANT pg_read_all_data TO pgscim_granter WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
    world.stopAll();
    world.start();
    world.eventually("it is one", () -> world.memberships(world.reader).contains(READS_ALL));

    world.policy(member("[]"));
    world.eventually("it is none", () -> !world.memberships(world.reader).contains(READS_ALL));
  }

  private List<String> options(UserState user) {
    return world.ask(
        "postgres",
        "SELECT inherit_option || ' ' || set_option FROM pg_auth_members"
            + " JOIN pg_roles member ON member.oid = pg_auth_members.member WHERE member.rolname = ?"
            + " AND roleid = '%s'::regrole".formatted(world.writer),
        user.userName());
  }

  private String rule(String with) {
    return world
        .usualPolicy()
        .replace("gives: [" + world.writer + "]", "gives: [" + world.writer + "], " + with);
  }

  private String member(String of) {
    return world
        .usualPolicy()
        .replace(
            "  " + world.reader + ":\n", "  " + world.reader + ":\n    member_of: " + of + "\n");
  }
}
