package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.UserState;
import io.pgscim.parts.Database;
import io.pgscim.parts.embedded.EmbeddedParts;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server whose administrator is no superuser, as managed services have it, stood in for by plain
 * PostgreSQL with roles of the provider's names.
 */
class SetupIT {
  private static Database server;

  private World world;

  @BeforeAll
  static void startServer() throws Exception {
    server = EmbeddedParts.database();
    try (Connection dba = World.connect(server, "postgres", "postgres");
        Statement statement = dba.createStatement()) {
      statement.execute("CREATE ROLE rds_superuser; CREATE ROLE rds_iam");
      statement.execute("GRANT pg_signal_backend, rds_iam TO rds_superuser WITH ADMIN TRUE");
      statement.execute("CREATE ROLE master LOGIN CREATEROLE CREATEDB IN ROLE rds_superuser");
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void world() throws Exception {
    world = new World(server, "master");
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void theAdministratorOfAManagedServiceSetsItUpAndPeopleLogInByIam() {
    world.policy(
        world
            .usualPolicy()
            .replace("  name: '{userName}'", "  name: '{userName}'\n  authentication: rds_iam"));
    world.start();
    UserState ada = world.user("ada@" + world.tag);
    GroupState readers = world.group("readers-" + world.tag);

    world.push(ada, readers, world.member(readers, ada, true));

    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    assertThat(world.isMember(ada.userName(), "rds_iam")).isTrue();
    assertThat(
            world.ask(
                "postgres",
                "SELECT pg_has_role('pgscim_applier', 'rds_iam', 'USAGE')"
                    + " OR pg_has_role('pgscim_applier', 'rds_iam', 'SET')"))
        .as("the applier itself must not be asked for an IAM token")
        .containsExactly("f");

    world.policy(world.usualPolicy());
    world.eventually("no IAM any more", () -> !world.isMember(ada.userName(), "rds_iam"));
    world.push(world.user(ada.id(), ada.userName(), false));
    world.eventually("ada is out", () -> !world.canLogin(ada.userName()));
    world.settled();
    assertThat(world.events(RoleChangeRefused.class)).isEmpty();
  }

  @Test
  void azuresFunctionMakesTheRolesOfEntra() throws Exception {
    world.in(
        world.home(),
        "SET allow_system_table_mods = on; CREATE FUNCTION"
            + " pg_catalog.pgaadauth_create_principal(name text, admin boolean, mfa boolean)"
            + " RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN EXECUTE format('CREATE"
            + " ROLE %I LOGIN', name); EXECUTE format('GRANT %I TO pgscim_applier WITH ADMIN TRUE,"
            + " INHERIT FALSE, SET FALSE', name); EXECUTE format('COMMENT ON ROLE %I IS %L', name,"
            + " 'made by Azure'); RETURN name; END $$");
    world.policy(
        world
            .usualPolicy()
            .replace("  name: '{userName}'", "  name: '{userName}'\n  authentication: entra"));
    world.start();
    UserState ada = world.user("ada@" + world.tag);
    GroupState readers = world.group("readers-" + world.tag);

    world.push(ada, readers, world.member(readers, ada, true));

    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    assertThat(
            world.ask(
                "postgres",
                "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = ?",
                ada.userName()))
        .containsExactly("made by Azure");
  }

  @Test
  void everythingThatIsMissingIsNamedAtOnceAndWhoCanHelp() {
    world.run("CREATE ROLE nobody_" + world.tag + " LOGIN");

    RoleApplier applier = world.startAs("nobody_" + world.tag);

    world.eventually("it says so", () -> applier.standing().state() == Standing.State.NOT_SET_UP);
    assertThat(applier.standing().details())
        .hasSize(4)
        .allSatisfy(detail -> assertThat(detail).contains("have a member of rds_superuser run"));
  }
}
