package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.plan.Dialect;
import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.PolicyAccepted;
import io.pgscim.events.PolicyRejected;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleChanged.Kind;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class PolicyReloadIT {
  private static final String SETTINGS =
      "SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole"
          + " WHERE rolname = ?";

  private World world;
  private UserState ada;

  @BeforeEach
  void adaReads() throws Exception {
    world = new World();
    world.start();
    ada = world.user("ada." + world.tag);
    GroupState readers = world.group("readers-" + world.tag);
    world.push(ada, readers, world.member(readers, ada, true));
    world.settled();
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void aNewPolicyIsInForceWithoutARestart() throws Exception {
    world.policy(
        world
            .usualPolicy()
            .replace(
                "group: readers-" + world.tag + ", gives: [" + world.reader,
                "group: readers-" + world.tag + ", gives: [" + world.writer)
            .replace(
                "name: '{userName}'",
                "name: '{userName}'\n  connection_limit: 4\n  settings: { statement_timeout: 7s, search_path: 'sales, crm' }"));

    world.eventually("ada writes", () -> world.isMember(ada.userName(), world.writer));
    assertThat(world.isMember(ada.userName(), world.reader)).isFalse();
    try (Connection session = world.connect(world.app, ada.userName());
        Statement statement = session.createStatement();
        var row =
            statement.executeQuery(
                "SELECT current_setting('statement_timeout'), current_setting('search_path')")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("7s");
      assertThat(row.getString(2)).isEqualTo("sales, crm");
    }
    world.settled();
    assertThat(world.events(PolicyAccepted.class)).hasSize(2);
    List<Envelope> changes = world.events(Topic.ROLE_CHANGES);
    assertThat(changes)
        .filteredOn(e -> e.event() instanceof RoleChanged c && ada.id().equals(c.userId()))
        .filteredOn(e -> e.cause().actor().equals("policy"))
        .extracting(e -> ((RoleChanged) e.event()).change().kind())
        .containsExactlyInAnyOrder(
            Kind.REVOKE_MEMBERSHIP,
            Kind.ALTER_ROLE,
            Kind.ALTER_ROLE,
            Kind.ALTER_ROLE,
            Kind.GRANT_MEMBERSHIP);

    world.policy(world.usualPolicy());
    world.eventually("ada reads again", () -> world.isMember(ada.userName(), world.reader));
    world.eventually(
        "nothing is set any more",
        () ->
            world
                .ask(
                    "postgres",
                    "SELECT coalesce(rolconfig::text, '') || rolconnlimit FROM pg_roles WHERE rolname = ?",
                    ada.userName())
                .equals(List.of("-1")));
  }

  private String searchPath(String database) throws Exception {
    try (Connection session = world.connect(database, ada.userName());
        Statement statement = session.createStatement();
        var row = statement.executeQuery("SELECT current_setting('search_path')")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void theSameSettingsAreNotSetAgain() throws Exception {
    String settings =
        "  settings: { search_path: '\"$user\", sales', TimeZone: UTC, work_mem: 64MB }\n"
            + "  in_database: { %s: { search_path: 'crm, sales' } }".formatted(world.app);
    world.policy(
        world
            .usualPolicy()
            .replace(
                "name: '{userName}'",
                "name: '{userName}'\n" + settings.replace("TimeZone", "timezone")));
    world.eventually(
        "the policy is in force", () -> world.events(PolicyAccepted.class).size() == 2);
    world.eventually(
        "ada has settings",
        () ->
            !world
                .ask(
                    "postgres",
                    "SELECT 1 FROM pg_roles WHERE rolconfig IS NOT NULL AND rolname = ?",
                    ada.userName())
                .isEmpty());
    world.settled();
    int before = world.events(RoleChanged.class).size();
    assertThat(searchPath(world.app)).isEqualTo("crm, sales");
    assertThat(searchPath("postgres")).isEqualTo("\"$user\", sales");

    world.stopAll();
    world.start();
    world.settled();

    assertThat(world.events(RoleChanged.class)).hasSize(before);

    world.policy(world.usualPolicy());
    world.eventually(
        "nothing is set any more", () -> world.ask("postgres", SETTINGS, ada.userName()).isEmpty());
  }

  @Test
  void anInvalidPolicyLeavesTheOldOneInForceAlsoAfterARestart() throws Exception {
    world.policy(world.usualPolicy() + "\nsurprise: true\n");
    world.eventually("it is rejected", () -> !world.events(PolicyRejected.class).isEmpty());
    assertThat(world.events(PolicyRejected.class).getFirst().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("'surprise' is not known"));

    world.stopAll();
    world.start();
    UserState bob = world.user("bob." + world.tag);
    world.push(bob);
    world.eventually("bob has a role", () -> world.exists(bob.userName()));
    world.settled();

    assertThat(world.isMember(ada.userName(), world.reader)).isTrue();
    assertThat(world.events(PolicyRejected.class)).hasSize(1);
    assertThat(world.events(PolicyAccepted.class)).hasSize(1);
  }

  @Test
  void aPolicyForAnotherClusterIsRejected() throws Exception {
    world.policy(world.usualPolicy().replace("cluster: " + world.tag, "cluster: staging"));

    world.eventually("it is rejected", () -> !world.events(PolicyRejected.class).isEmpty());
    assertThat(world.isMember(ada.userName(), world.reader)).isTrue();
  }

  @Test
  void whatThePolicyForgetsIsTakenAway() throws Exception {
    world.policy(
        """
        cluster: %1$s
        databases: [%2$s]
        login_roles: { for: 'userType eq "%1$s"' }
        """
            .formatted(world.tag, world.app));

    world.eventually(
        "ada is a member of nothing", () -> world.memberships(ada.userName()).isEmpty());
    world.eventually(
        "no privilege is left",
        () ->
            world
                .ask(
                    world.app,
                    "SELECT 1 FROM pg_shdepend WHERE refobjid IN (?::regrole, ?::regrole) AND deptype = 'a'",
                    world.reader,
                    world.writer)
                .isEmpty());
    assertThat(world.exists(world.reader)).isTrue();
    assertThat(world.canLogin(ada.userName())).isTrue();
  }

  @Test
  void aGrantThatPostgresRefusesIsReportedAndTheRestIsMade() throws Exception {
    world.in(world.app, "CREATE TABLE sales.of_postgres (id int)");
    world.policy(
        world
            .usualPolicy()
            .replace(
                "rules:",
                "  extra_"
                    + world.tag
                    + ":\n    grants:\n      - { database: "
                    + world.app
                    + ", schema: sales, tables: [orders, missing], privileges: [DELETE] }\nrules:"));

    // A superuser may grant on tables of others.
    boolean superuser = Dialect.of(world.major()) == Dialect.PLAIN;
    List<String> states = superuser ? List.of("42P01") : List.of("42501", "42501", "42P01");
    world.eventually(
        "some are refused", () -> world.events(RoleChangeRefused.class).size() == states.size());
    world.settled();
    assertThat(world.events(RoleChangeRefused.class))
        .extracting(RoleChangeRefused::sqlState)
        .containsExactlyInAnyOrderElementsOf(states);
    assertThat(
            world.ask(
                world.app,
                "SELECT privilege_type FROM pg_class, aclexplode(relacl) acl"
                    + " WHERE oid = 'sales.orders'::regclass AND acl.grantee = ?::regrole",
                "extra_" + world.tag))
        .containsExactly("DELETE");
  }

  @Test
  void whatAPolicyExtendsIsReadAgainTooAndRememberedWithIt() throws Exception {
    Path base = Files.createTempFile("base-" + world.tag, ".yaml");
    try {
      Files.writeString(base, world.usualPolicy());
      world.policy("extends: " + base.getFileName() + "\nlogin_roles: { connection_limit: 3 }\n");
      world.eventually("three sessions", () -> limit().equals(List.of("3")));
      assertThat(world.isMember(ada.userName(), world.reader)).isTrue();

      Files.writeString(base, world.usualPolicy().replace("readers-" + world.tag, "others"));
      world.eventually("no reader", () -> !world.isMember(ada.userName(), world.reader));

      Files.writeString(base, "cluster: [");
      world.eventually("it is said", () -> !world.events(PolicyRejected.class).isEmpty());
      assertThat(world.events(PolicyRejected.class).getFirst().problems().getFirst())
          .startsWith(base.getFileName() + ":");
      world.stopAll();
      world.start();
      world.settled();
      assertThat(limit()).containsExactly("3");
      assertThat(world.isMember(ada.userName(), world.reader)).isFalse();
    } finally {
      Files.delete(base);
    }
  }

  private List<String> limit() {
    return world.ask(
        "postgres", "SELECT rolconnlimit FROM pg_roles WHERE rolname = ?", ada.userName());
  }
}
