package io.pgscim.applier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnSchema;
import io.pgscim.applier.policy.ObjectGrant.OnSequences;
import io.pgscim.applier.policy.ObjectGrant.OnTables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  private static final String SOUND =
      """
      cluster: production
      databases: [app]
      owners: [app_owner]
      login_roles:
        for: 'active eq true'
        name: '{userName}'
        connection_limit: 20
        settings: { statement_timeout: 5min }
        leaver: { role: disable, objects: keep }
      access_roles:
        analytics_read:
          grants:
            - { database: app, privileges: [connect, temp] }
            - { database: app, schema: sales, privileges: [USAGE] }
            - { database: app, schema: sales, tables: '*', privileges: [SELECT] }
            - { database: app, schema: crm, table: customers, columns: [id, country], privileges: [SELECT] }
        app_write:
          member_of: [analytics_read]
          grants:
            - { database: app, schema: sales, tables: [orders, lines], privileges: [INSERT] }
            - { database: app, schema: sales, sequences: '*', privileges: [USAGE] }
      rules:
        - { group: pg-production-analytics, gives: [analytics_read] }
        - { users: 'userType eq "Contractor"', gives: [] }
        - { group: oncall, users: 'userType eq "Employee"', gives: [app_write] }
      limits:
        revoke_at_most: { share: 20%, but_at_least: 10 }
        never_give: [pg_execute_server_program]
      """;

  @Test
  void readsEveryPartOfASoundFile() {
    Policy policy = valid(SOUND);

    assertThat(policy.cluster()).isEqualTo("production");
    assertThat(policy.databases()).containsExactly("app");
    assertThat(policy.owners()).containsExactly("app_owner");
    assertThat(policy.loginRoles().connectionLimit()).isEqualTo(20);
    assertThat(policy.loginRoles().settings()).containsEntry("statement_timeout", "5min");
    assertThat(policy.loginRoles().condition().matches(Someone.user("1", "ada"))).isTrue();
    assertThat(policy.accessRoles().get("analytics_read").grants())
        .containsExactly(
            new OnDatabase("app", Set.of("CONNECT", "TEMPORARY")),
            new OnSchema("app", "sales", Set.of("USAGE")),
            new OnTables("app", "sales", Selection.ALL, Set.of("SELECT")),
            new OnColumns("app", "crm", "customers", List.of("id", "country"), Set.of("SELECT")));
    assertThat(policy.accessRoles().get("app_write").memberOf()).containsExactly("analytics_read");
    assertThat(policy.accessRoles().get("app_write").grants())
        .containsExactly(
            new OnTables(
                "app", "sales", Selection.of(List.of("orders", "lines")), Set.of("INSERT")),
            new OnSequences("app", "sales", Selection.ALL, Set.of("USAGE")));
    assertThat(policy.rules()).hasSize(3);
    assertThat(policy.rules().getFirst().isFor("PG-Production-Analytics")).isTrue();
    assertThat(policy.limits()).isEqualTo(new Limits(20, 10, Set.of("pg_execute_server_program")));
  }

  @Test
  void theDigestIsThatOfTheBytes() {
    assertThat(PolicyFile.read("p.yaml", bytes("")).digest())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "databases: [app] => database: [app] => policy.yaml:2: 'database' is not known in the policy",
        "cluster: production => '' => policy.yaml:2: the policy needs 'cluster', for example cluster: production",
        "owners: [app_owner] => '' => policy.yaml:15: tables: '*' means tomorrow's too: say at the top whose",
        "{userName} => {mail} => policy.yaml:6: {mail} is not known; write one of {userName}, {userName|local}",
        "active eq true => active eq => policy.yaml:5:",
        "active eq true => shoeSize gt 3 => policy.yaml:5:",
        "connection_limit: 20 => connection_limit: many => policy.yaml:7: 'connection_limit' must be a number",
        "statement_timeout: 5min => role: postgres => policy.yaml:8: 'role' cannot be set for a role here",
        "objects: keep => drop_after: soon => policy.yaml:9: 'drop_after' is a time such as 30d or 12h, not soon",
        "objects: keep => objects: burn => policy.yaml:9: 'objects' is keep, or { reassign_to:",
        "objects: keep => objects: { reassign_to: pgscim_leavers } => policy.yaml:9: objects are given away when the role is dropped",
        "leaver: { role: disable, objects: keep } => authentication: magic => policy.yaml:9: 'authentication' is password, rds_iam",
        "leaver: { role: disable, objects: keep } => adopt: { old: { userName: a, id: b } } => policy.yaml:9: one person's id, userName or externalId",
        "leaver: { role: disable, objects: keep } => adopt: { pg_monitor: { id: b } } => policy.yaml:9: it is never adopted",
        "leaver: { role: disable, objects: keep } => adopt: { a: { id: b }, c: { id: b } } => policy.yaml:9: the same person is there twice",
        "[connect, temp] => [SELECT] => policy.yaml:13: databases have no privilege SELECT",
        "schema: sales, tables: '*' => tables: '*' => policy.yaml:15: say in which schema",
        "[INSERT] => [] => policy.yaml:20: a grant needs at least one privilege",
        "member_of: [analytics_read] => member_of: [pg_monitor] => policy.yaml:18: member_of names pg_monitor",
        "gives: [app_write] => gives: [app_wrote] => policy.yaml:25: a rule gives app_wrote, which is not one of",
        "gives: [app_write] => gives: [app_write], for: 8h => policy.yaml:25: 'for' is not enforced by this version",
        "gives: [app_write] => gives: [app_write], until: x => policy.yaml:25: 'until' is not enforced by this version",
        "share: 20% => share: 20 => policy.yaml:27: 'share' is 0% to 100%, not 20",
        "limits: => sensitive: []\\nlimits: => policy.yaml:26: 'sensitive' is not used by this version",
        "never_give: [pg_execute_server_program] => never_give: [app_write] => a rule gives app_write, which limits.never_give forbids",
        "app_write: => pg_write: => policy.yaml:18: an access role cannot be named so: names that begin with 'pg_'",
        "database: app, schema: crm => database: other, schema: crm => policy.yaml:16: database other is not managed",
        "table: customers, columns => tables: '*', columns => policy.yaml:16: columns belong to one table",
        "owners: [app_owner] => owners: app_owner => policy.yaml:3: 'owners' must be a list",
        "cluster: production => cluster: [ => policy.yaml:",
        "cluster: production => cluster: one\\ncluster: two => policy.yaml:2:",
      })
  void saysWhereAndWhatToWriteInstead(String part, String instead, String problem) {
    String broken = SOUND.replace(part, instead.replace("\\n", "\n"));
    assertThat(broken).isNotEqualTo(SOUND);

    assertThat(problems(broken)).anySatisfy(found -> assertThat(found).contains(problem));
  }

  @Test
  void refusesMembershipInACircle() {
    assertThat(
            problems(
                SOUND.replace(
                    "  analytics_read:\n", "  analytics_read:\n    member_of: [app_write]\n")))
        .anySatisfy(found -> assertThat(found).contains("is a member of itself"));
  }

  @Test
  void anythingButUtf8TextIsAProblemAndNoException() {
    assertThat(PolicyFile.read("p.yaml", new byte[] {(byte) 0xff, 0}))
        .isInstanceOf(PolicyReading.Invalid.class);
    assertThat(PolicyFile.read("p.yaml", new byte[PolicyFile.MAX_BYTES + 1]))
        .isInstanceOf(PolicyReading.Invalid.class);
    assertThat(problems(""))
        .containsExactly(
            "policy.yaml: is empty; it needs at least cluster, databases and login_roles");
    assertThat(problems("- a\n- b")).isNotEmpty();
    assertThat(problems("[".repeat(100))).isNotEmpty();
    assertThat(problems("a: &a [*a]")).isNotEmpty();
  }

  private static Policy valid(String text) {
    PolicyReading reading = PolicyFile.read("policy.yaml", bytes(text));
    assertThat(reading).isInstanceOf(PolicyReading.Valid.class);
    return ((PolicyReading.Valid) reading).policy();
  }

  private static List<String> problems(String text) {
    PolicyReading reading = PolicyFile.read("policy.yaml", bytes(text));
    assertThat(reading).as(text).isInstanceOf(PolicyReading.Invalid.class);
    return ((PolicyReading.Invalid) reading).problems();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
