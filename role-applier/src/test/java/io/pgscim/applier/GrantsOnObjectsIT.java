package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.RoleChanged;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class GrantsOnObjectsIT {
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
    asOwner(
        "CREATE FUNCTION sales.total(int) RETURNS int LANGUAGE sql AS 'SELECT $1';"
            + " CREATE FUNCTION sales.total(text[], numeric) RETURNS int LANGUAGE sql AS 'SELECT 1';"
            + " CREATE PROCEDURE crm.tidy(INOUT n int) LANGUAGE sql AS 'SELECT 1';"
            + " CREATE TYPE sales.money AS (amount numeric, currency text);"
            + " CREATE DOMAIN sales.percent AS int; CREATE TYPE sales.mood AS ENUM ('good')");
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void givesPrivilegesOnEveryKindOfObjectTodaysAndTomorrows() {
    world.policy(
        policy(
            "schemas: '*', privileges: [USAGE]",
            "schemas: '*', tables: '*', privileges: [SELECT]",
            "schemas: [sales, crm], routines: '*', privileges: [EXECUTE]",
            "schema: sales, types: '*', privileges: [USAGE]",
            "schema: crm, table: customers, columns: [country], privileges: [UPDATE]"));
    world.start();
    world.eventually("it may execute", () -> may("has_function_privilege", "sales.total(int)"));

    assertThat(held())
        .contains(
            "sales.total(text[],numeric) EXECUTE",
            "crm.tidy(integer) EXECUTE",
            "sales.money USAGE",
            "sales.percent USAGE",
            "sales.mood USAGE");
    asOwner(
        "CREATE SCHEMA later; CREATE TABLE later.facts (id int);"
            + " CREATE FUNCTION sales.later() RETURNS int LANGUAGE sql AS 'SELECT 1';"
            + " CREATE TYPE sales.later AS ENUM ('on')");
    assertThat(held()).contains("sales.later() EXECUTE", "sales.later USAGE");
    assertThat(ask("SELECT has_schema_privilege(?, 'later', 'USAGE')")).containsExactly("t");
    assertThat(ask("SELECT has_table_privilege(?, 'later.facts', 'SELECT')")).containsExactly("t");
    assertThat(world.events(RoleChangeRefused.class)).isEmpty();
    staysAsItIs();

    world.policy(policy("privileges: [CONNECT]"));
    world.eventually("nothing is left", () -> held().isEmpty());
    assertThat(ask("SELECT has_schema_privilege(?, 'later', 'USAGE')")).containsExactly("f");
    assertThat(
            world.ask(
                world.app,
                "SELECT 1 FROM pg_default_acl, aclexplode(defaclacl) acl"
                    + " JOIN pg_roles ON pg_roles.oid = acl.grantee WHERE rolname = ?",
                world.reader))
        .isEmpty();
  }

  @Test
  void takesFromEverybodyWhatThePolicyAsks() {
    world.run("GRANT CONNECT, TEMPORARY ON DATABASE " + world.app + " TO PUBLIC");
    asOwner("GRANT SELECT ON sales.orders TO PUBLIC; GRANT SELECT ON sales.lines TO PUBLIC");
    world.policy(
        policy("privileges: [CONNECT]")
            + """
            public:
              - { database: %1$s, revoke: [CONNECT, TEMP] }
              - { database: %1$s, schema: public, revoke: [USAGE, CREATE] }
              - { database: %1$s, schemas: '*', routines: '*', revoke: [EXECUTE] }
              - { database: %1$s, schemas: '*', types: '*', revoke: [USAGE] }
              - { database: %1$s, schema: sales, table: orders, revoke: [SELECT] }
            """
                .formatted(world.app));
    world.start();
    world.run("CREATE ROLE outsider_" + world.tag);
    String outsider = "outsider_" + world.tag;

    world.eventually(
        "nobody may execute", () -> !may("has_function_privilege", outsider, "sales.total(int)"));
    assertThat(
            world.ask(
                world.app,
                "SELECT has_database_privilege(who, current_database(), 'CONNECT')"
                    + " || ' ' || has_database_privilege(who, current_database(), 'TEMPORARY')"
                    + " || ' ' || has_schema_privilege(who, 'public', 'USAGE')"
                    + " || ' ' || has_type_privilege(who, 'sales.mood', 'USAGE')"
                    + " || ' ' || has_table_privilege(who, 'sales.orders', 'SELECT')"
                    + " || ' ' || has_table_privilege(who, 'sales.lines', 'SELECT')"
                    + " FROM (SELECT ?::name AS who) somebody",
                outsider))
        .containsExactly("false false false false false true");
    assertThat(ask("SELECT has_database_privilege(?, current_database(), 'CONNECT')"))
        .containsExactly("t");
    asOwner("CREATE FUNCTION sales.later() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    assertThat(may("has_function_privilege", outsider, "sales.later()")).isFalse();
    assertThat(world.events(RoleChanged.class))
        .anySatisfy(
            change -> {
              assertThat(change.role()).isEqualTo("public");
              assertThat(change.change().sql())
                  .isEqualTo(
                      "REVOKE CONNECT, TEMPORARY ON DATABASE \""
                          + world.app
                          + "\" FROM PUBLIC CASCADE");
            });
    staysAsItIs();
  }

  @Test
  void saysWhatDoesNotExist() {
    world.policy(policy("schema: sales, functions: [totals, total], privileges: [EXECUTE]"));
    world.start();

    world.eventually("it may execute", () -> may("has_function_privilege", "sales.total(int)"));
    world.eventually("it is said", () -> !world.events(RoleChangeRefused.class).isEmpty());
    assertThat(world.events(RoleChangeRefused.class))
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.role()).isEqualTo(world.reader);
              assertThat(refused.reason()).contains("totals");
            });
  }

  @Test
  void maintainIsGivenWhereTheServerKnowsItAndElseRefused() {
    world.policy(policy("schema: sales, table: orders, privileges: [SELECT, MAINTAIN]"));
    world.start();
    boolean known =
        world
            .ask("postgres", "SELECT current_setting('server_version_num')::int >= 170000")
            .equals(List.of("t"));
    String held =
        "SELECT string_agg(acl.privilege_type, ' ' ORDER BY acl.privilege_type) FROM pg_class, aclexplode(relacl) acl"
            + " JOIN pg_roles ON pg_roles.oid = acl.grantee"
            + " WHERE pg_class.oid = 'sales.orders'::regclass AND rolname = ?";

    world.eventually(
        "it has what can be had",
        () -> ask(held).equals(List.of(known ? "MAINTAIN SELECT" : "SELECT")));
    world.settled();
    assertThat(world.events(RoleChangeRefused.class))
        .extracting(RoleChangeRefused::reason)
        .allMatch(reason -> reason.matches("PostgreSQL 1[456] has no privilege MAINTAIN.*"))
        .hasSize(known ? 0 : 1);
  }

  /** Another start finds everything as it should be. */
  private void staysAsItIs() {
    world.settled();
    int before = world.events(RoleChanged.class).size();
    world.stopAll();
    world.start();
    world.settled();
    assertThat(world.events(RoleChanged.class)).hasSize(before);
  }

  private String policy(String... grants) {
    var text = new StringBuilder(world.usualPolicy().split("access_roles:")[0]);
    text.append("access_roles:\n  ").append(world.reader).append(":\n    grants:\n");
    for (String grant : grants) {
      text.append("      - { database: ")
          .append(world.app)
          .append(", ")
          .append(grant)
          .append(" }\n");
    }
    return text.toString();
  }

  private void asOwner(String sql) {
    world.in(world.app, "SET ROLE " + world.owner + "; " + sql);
  }

  private List<String> ask(String sql) {
    return world.ask(world.app, sql, world.reader);
  }

  private boolean may(String function, String object) {
    return may(function, world.reader, object);
  }

  private boolean may(String function, String role, String object) {
    return world
        .ask(
            world.app,
            "SELECT rolname FROM pg_roles WHERE rolname = ? AND "
                + function
                + "(oid, ?, 'EXECUTE')",
            role,
            object)
        .equals(List.of(role));
  }

  /** What the access role was given itself, not what it has as everybody. */
  private List<String> held() {
    return ask(
        "SELECT oid::regprocedure || ' ' || acl.privilege_type FROM pg_proc, aclexplode(proacl) acl"
            + " WHERE acl.grantee = (SELECT oid FROM pg_roles WHERE rolname = ?)"
            + " UNION ALL SELECT oid::regtype || ' ' || acl.privilege_type"
            + " FROM pg_type, aclexplode(typacl) acl WHERE acl.grantee = '"
            + world.reader
            + "'::regrole");
  }
}
