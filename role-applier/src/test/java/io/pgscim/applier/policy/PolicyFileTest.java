package io.pgscim.applier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        never_give: [pg_read_server_files]
      """;

  @Test
  void readsEveryPartOfASoundFile() {
    Policy policy = valid(SOUND);

    assertThat(policy.cluster()).isEqualTo("production");
    assertThat(policy.databases()).containsExactly("app");
    assertThat(policy.owners()).containsExactly("app_owner");
    assertThat(policy.loginRoles().look().connectionLimit()).isEqualTo(20);
    assertThat(policy.loginRoles().look().settings()).containsEntry("statement_timeout", "5min");
    assertThat(policy.loginRoles().condition().matches(Someone.user("1", "ada"))).isTrue();
    assertThat(policy.accessRoles().get("analytics_read").grants())
        .containsExactly(
            new OnDatabase("app", Set.of("CONNECT", "TEMPORARY")),
            on(ObjectKind.SCHEMA, null, Selection.of(List.of("sales")), "USAGE"),
            on(ObjectKind.TABLE, "sales", Selection.ALL, "SELECT"),
            new OnColumns("app", "crm", "customers", List.of("id", "country"), Set.of("SELECT")));
    assertThat(policy.accessRoles().get("app_write").memberOf()).containsExactly("analytics_read");
    assertThat(policy.accessRoles().get("app_write").grants())
        .containsExactly(
            on(ObjectKind.TABLE, "sales", Selection.of(List.of("orders", "lines")), "INSERT"),
            on(ObjectKind.SEQUENCE, "sales", Selection.ALL, "USAGE"));
    assertThat(policy.rules()).hasSize(3);
    assertThat(policy.rules().getFirst().group())
        .contains(GroupMatch.named("PG-Production-Analytics"));
    assertThat(policy.limits())
        .isEqualTo(new Limits(20, 10, Duration.ofHours(1), Set.of("pg_read_server_files")));
  }

  @Test
  void limitsCountWithinATimeAndAPolicyMayOnlyObserve() {
    String least =
        "cluster: c\ndatabases: [d]\nlogin_roles: { for: 'active eq true', name: '{id}' }\n";
    String limits = "limits: { revoke_at_most: { share: 5%%, but_at_least: 2, within: %s } }\n";

    assertThat(valid(least + limits.formatted("30m")).limits().within())
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(valid(least + limits.formatted("2d")).limits().within())
        .isEqualTo(Duration.ofDays(2));
    assertThat(valid(least).mode()).isEqualTo(Mode.ENFORCE);
    assertThat(valid(least + "mode: observe\n").mode()).isEqualTo(Mode.OBSERVE);
    assertThat(
            ((PolicyReading.Invalid)
                    PolicyFile.read(
                        "p.yaml", bytes(least + limits.formatted("soon") + "mode: dry\n")))
                .problems())
        .containsExactly(
            "p.yaml:4: 'within' is a time such as 1h or 30m, not soon",
            "p.yaml:5: 'mode' is enforce or observe; leave it out for enforce");
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
        "member_of: [analytics_read] => member_of: [somebody] => policy.yaml:18: member_of names somebody, which is neither",
        "gives: [app_write] => gives: [app_wrote] => policy.yaml:25: a rule gives app_wrote, which is not one of",
        "gives: [app_write] => gives: [app_write], for: 8 => policy.yaml:25: 'for' is a number and a unit: 90s, 30m (minutes), 8h",
        "gives: [] => gives: [], for: 8h => policy.yaml:24: for: counts from joining a group, so it needs group:",
        "gives: [app_write] => gives: [app_write], until: x => policy.yaml:25: x is neither a moment nor a dateTime attribute",
        "gives: [app_write] => gives: [app_write], until: urn:pgscim:params:scim:schemas:extension:2.0:User:slackId => is no dateTime",
        "gives: [app_write] => gives: [app_write], until: urn:pgscim:params:scim:schemas:extension:2.0:User:accessUntill => is neither",
        "gives: [app_write] => gives: [app_write], when: x => policy.yaml:25: 'when' is not a word of rules; write users:",
        "gives: [app_write] => gives: [app_write], with: { inherit: no } => policy.yaml:25: 'inherit' is true or false, not no",
        "gives: [app_write] => gives: [app_write], with: { inherit: false, set: false } => policy.yaml:25: with neither inherit nor set",
        "group: oncall => group: { externalId: a, id: b } => policy.yaml:25: a group is told by one of externalId, id",
        "member_of: [analytics_read] => member_of: [pg_read_server_files] => policy.yaml:18: app_write is a member of pg_read_server_files, which limits.never_give forbids",
        "share: 20% => share: 20 => policy.yaml:27: 'share' is 0% to 100%, not 20",
        "share: 20%,  => '' => policy.yaml:27: revoke_at_most needs 'share', for example share: 20%",
        "limits: => sensitive: [{ table: crm.customers }]\\nlimits: => policy.yaml:26: sensitive needs 'database', for example database: app",
        "limits: => sensitive: [{ database: other }]\\nlimits: => policy.yaml:26: database other is not managed",
        "limits: => sensitive: [{ database: app, table: customers }]\\nlimits: => policy.yaml:26: say in which schema: schema: …, or schemas: '*', or table: schema.name",
        "limits: => sensitive: [{ database: app, table: crm.customers, privileges: [EXECUTE] }]\\nlimits: => policy.yaml:26: tables have no privilege EXECUTE",
        "limits: => sensitive: [{ database: app, table: crm.customers, privileges: [] }]\\nlimits: => policy.yaml:26: a grant needs at least one privilege",
        "limits: => sensitive: [{ database: app, types: '*', schema: crm }]\\nlimits: => policy.yaml:26: sensitive are databases, schemas, tables, columns, sequences and routines; types",
        "limits: => sensitive: app\\nlimits: => policy.yaml:26: 'sensitive' must be a list",
        "never_give: [pg_read_server_files] => never_give: [app_write] => a rule gives app_write, which limits.never_give forbids",
        "app_write: => pg_write: => policy.yaml:18: an access role cannot be named so: names that begin with 'pg_'",
        "database: app, schema: crm => database: other, schema: crm => policy.yaml:16: database other is not managed",
        "table: customers, columns => tables: '*', columns => policy.yaml:16: columns belong to one table",
        "sequences: '*' => functions: '*' => policy.yaml:21: functions: '*' is more than PostgreSQL can tell apart",
        "sequences: '*' => tables: '*', sequences: '*' => policy.yaml:21: tables and sequences need a grant each",
        "sequences: '*' => large_objects: '*' => policy.yaml:21: 'large_objects' cannot be granted on here",
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
  void whatIsSensitiveIsNamedLikeWhatIsGranted() {
    String sensitive =
        """
        sensitive:
          - { database: app }
          - { database: app, table: crm.customers, privileges: [select] }
          - { database: app, schema: crm, table: a.b }
          - { database: app, table: crm.customers, columns: [email] }
          - { database: app, schema: sales, tables: '*' }
        """;

    assertThat(valid(SOUND + sensitive).sensitive())
        .containsExactly(
            new OnDatabase("app", Set.of("CONNECT", "CREATE", "TEMPORARY")),
            tables("crm", Selection.of(List.of("customers")), Set.of("SELECT")),
            tables("crm", Selection.of(List.of("a.b")), Set.copyOf(ObjectKind.TABLE.privileges)),
            new OnColumns(
                "app",
                "crm",
                "customers",
                List.of("email"),
                Set.of("SELECT", "INSERT", "UPDATE", "REFERENCES")),
            tables("sales", Selection.ALL, Set.copyOf(ObjectKind.TABLE.privileges)));
  }

  private static OnObjects tables(String schema, Selection which, Set<String> privileges) {
    return new OnObjects(
        "app", ObjectKind.TABLE, Optional.of(schema), which, List.of("app_owner"), privileges);
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

  @Test
  void readsGrantsOnEveryKindOfObject() {
    assertThat(
            grants(
                "schemas: [sales, crm], functions: [total], privileges: [EXECUTE]",
                "schema: sales, routines: '*', privileges: [EXECUTE]",
                "schemas: '*', privileges: [USAGE]",
                "schemas: '*', tables: '*', owners: [else], privileges: [MAINTAIN]",
                "schema: sales, type: money, privileges: [usage]",
                "server: far, privileges: [USAGE]"))
        .containsExactly(
            on(ObjectKind.ROUTINE, "sales", Selection.of(List.of("total")), "EXECUTE"),
            on(ObjectKind.ROUTINE, "crm", Selection.of(List.of("total")), "EXECUTE"),
            on(ObjectKind.ROUTINE, "sales", Selection.ALL, "EXECUTE"),
            on(ObjectKind.SCHEMA, null, Selection.ALL, "USAGE"),
            new OnObjects(
                "app",
                ObjectKind.TABLE,
                Optional.empty(),
                Selection.ALL,
                List.of("else"),
                Set.of("MAINTAIN")),
            on(ObjectKind.TYPE, "sales", Selection.of(List.of("money")), "USAGE"),
            on(ObjectKind.SERVER, null, Selection.of(List.of("far")), "USAGE"));
  }

  @Test
  void readsRulesWithAllTheirWords() {
    List<Rule> rules =
        valid(
                SOUND.replace(
                    "rules:\n",
                    """
                    rules:
                      - { group: { externalId: 8f3c }, user_type: Service, gives: [app_write], for: 2w }
                      - { group: { id: g-1 }, gives: [app_write], until: 2030-01-31T18:00:00Z, with: { inherit: false } }
                      - { users: 'active eq true', user_type: 'a "b"', gives: [], until: 'urn:pgscim:params:scim:schemas:extension:2.0:User:accessUntil' }
                      - { user_type: Agent, gives: [app_write], until: 'urn:example:Badge:expires' }
                    """))
            .rules();

    assertThat(rules.get(0).group()).contains(new GroupMatch(GroupMatch.By.EXTERNAL_ID, "8f3c"));
    assertThat(rules.get(0).users().orElseThrow().text()).isEqualTo("userType eq \"Service\"");
    assertThat(rules.get(0).window().lasts()).contains(Duration.ofDays(14));
    assertThat(rules.get(1).group()).contains(new GroupMatch(GroupMatch.By.ID, "g-1"));
    assertThat(rules.get(1).window().end()).contains(Instant.parse("2030-01-31T18:00:00Z"));
    assertThat(rules.get(1).with()).isEqualTo(new MembershipOptions(false, true));
    assertThat(rules.get(2).users().orElseThrow().text())
        .isEqualTo("(active eq true) and userType eq \"a \\\"b\\\"\"");
    assertThat(rules.get(2).window().until()).contains(UserDate.ACCESS_UNTIL);
    assertThat(rules.get(2).limitsEverything()).isTrue();
    assertThat(rules.get(3).window().until())
        .contains(new UserDate("urn:example:Badge", "expires"));
  }

  @Test
  void whatMakesASuperuserIsNeverGivenUnlessThePolicySaysOtherwise() {
    String member =
        SOUND.replace("member_of: [analytics_read]", "member_of: [pg_read_server_files]");

    assertThat(problems(member.substring(0, member.indexOf("limits:"))))
        .singleElement()
        .asString()
        .contains("pg_read_server_files, which limits.never_give forbids");
    assertThat(
            valid(member.replace("never_give: [pg_read_server_files]", "never_give: []"))
                .accessRoles()
                .get("app_write")
                .memberOf())
        .containsExactly("pg_read_server_files");
  }

  @Test
  void rolesOfOneUserTypeCanLookOtherwise() {
    LoginRoles roles =
        valid(
                SOUND.replace(
                    "  leaver:",
                    "  by_user_type:\n    Service: { connection_limit: 100, settings: { work_mem: 1GB } }\n"
                        + "    Agent: { settings: { statement_timeout: 10s }, in_database: { app: { role.x: a } } }\n"
                        + "  leaver:"))
            .loginRoles();

    assertThat(roles.lookOf(Someone.user("1", "ada"))).isEqualTo(roles.look());
    assertThat(roles.lookOf(Someone.user("2", "etl", null, true, "SERVICE", null)))
        .isEqualTo(new LoginLook(100, Map.of("statement_timeout", "5min", "work_mem", "1GB")));
    assertThat(roles.lookOf(Someone.user("3", "bot", null, true, "agent", null)))
        .isEqualTo(new LoginLook(20, Map.of("statement_timeout", "10s", "role.x@app", "a")));
  }

  @Test
  void readsWhatEverybodyLoses() {
    Policy policy =
        valid(
            SOUND
                + """
                public:
                  - { database: app, revoke: [connect, temp] }
                  - { database: app, schema: public, revoke: [CREATE, USAGE] }
                  - { database: app, schemas: '*', routines: '*', revoke: [EXECUTE] }
                """);

    assertThat(policy.takenFromPublic())
        .containsExactly(
            new OnDatabase("app", Set.of("CONNECT", "TEMPORARY")),
            on(ObjectKind.SCHEMA, null, Selection.of(List.of("public")), "CREATE", "USAGE"),
            on(ObjectKind.ROUTINE, null, Selection.ALL, "EXECUTE"));
    assertThat(
            problems(
                SOUND
                    + "public:\n  - { database: app, schema: sales, routines: '*', revoke: [EXECUTE] }"))
        .singleElement()
        .asString()
        .contains("policy.yaml:30: PostgreSQL cannot keep tomorrow's routines of one schema");
  }

  private static List<ObjectGrant> grants(String... lines) {
    var text = new StringBuilder(SOUND.substring(0, SOUND.indexOf("access_roles:")));
    text.append("access_roles:\n  some:\n    grants:\n");
    for (String line : lines) {
      text.append("      - { database: app, ").append(line).append(" }\n");
    }
    return valid(text.toString()).accessRoles().get("some").grants();
  }

  private static OnObjects on(
      ObjectKind kind, String schema, Selection objects, String... privileges) {
    return new OnObjects(
        "app",
        kind,
        Optional.ofNullable(schema),
        objects,
        List.of("app_owner"),
        Set.of(privileges));
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
