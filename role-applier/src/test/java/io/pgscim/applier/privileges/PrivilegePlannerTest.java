package io.pgscim.applier.privileges;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.policy.LoginRoles;
import io.pgscim.applier.policy.Mode;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.policy.ObjectGrant;
import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnObjects;
import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Selection;
import io.pgscim.applier.policy.UserFilter;
import io.pgscim.applier.privileges.Inventory.Found;
import io.pgscim.applier.privileges.ObjectRef.DatabaseRef;
import io.pgscim.applier.privileges.ObjectRef.FutureRef;
import io.pgscim.applier.privileges.ObjectRef.RoutineRef;
import io.pgscim.applier.privileges.ObjectRef.TableRef;
import io.pgscim.applier.privileges.ObjectRef.TypeRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrivilegePlannerTest {
  private static final TypeRef INT4 = new TypeRef("pg_catalog", "int4");
  private static final List<Found> FOUND =
      List.of(
          found(ObjectKind.TABLE, "sales", "lines", "boss"),
          found(ObjectKind.TABLE, "sales", "orders", "boss"),
          found(ObjectKind.TABLE, "hr", "pay", "other"),
          found(ObjectKind.SEQUENCE, "sales", "numbers", "boss"),
          found(ObjectKind.SCHEMA, null, "sales", "boss"),
          found(ObjectKind.TYPE, "sales", "money", "boss"),
          routine("total", INT4),
          routine("total"));

  @Test
  void spellsEveryKindOfGrant() {
    assertThat(sql(Set.of()))
        .containsExactlyInAnyOrder(
            "GRANT CONNECT, TEMPORARY ON DATABASE \"app\" TO \"read\"",
            "GRANT USAGE ON SCHEMA \"sales\" TO \"read\"",
            "GRANT INSERT, SELECT ON TABLE \"sales\".\"lines\" TO \"read\"",
            "GRANT INSERT, SELECT ON TABLE \"sales\".\"orders\" TO \"read\"",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" IN SCHEMA \"sales\" GRANT INSERT, SELECT ON TABLES TO \"read\"",
            "GRANT SELECT (\"id\"), UPDATE (\"id\") ON TABLE \"crm\".\"cust\"\"omers\" TO \"read\"",
            "GRANT USAGE ON SEQUENCE \"sales\".\"numbers\" TO \"read\"",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" IN SCHEMA \"sales\" GRANT USAGE ON SEQUENCES TO \"read\"",
            "GRANT EXECUTE ON ROUTINE \"sales\".\"total\"(\"pg_catalog\".\"int4\") TO \"read\"",
            "GRANT EXECUTE ON ROUTINE \"sales\".\"total\"() TO \"read\"",
            "GRANT EXECUTE ON ROUTINE \"sales\".\"absent\" TO \"read\"",
            "GRANT USAGE ON TYPE \"sales\".\"money\" TO \"read\"",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" IN SCHEMA \"sales\" GRANT USAGE ON TYPES TO \"read\"",
            "GRANT USAGE ON FOREIGN SERVER \"far\" TO \"read\"");
  }

  @Test
  void everySchemaMeansWhatTheOwnersHaveThere() {
    List<ObjectGrant> everything =
        List.of(
            on(ObjectKind.SCHEMA, null, Selection.ALL, "USAGE"),
            on(ObjectKind.TABLE, null, Selection.ALL, "SELECT"),
            on(ObjectKind.ROUTINE, null, Selection.ALL, "EXECUTE"));

    assertThat(sql(policy(everything, List.of()), 18, Set.of()))
        .containsExactlyInAnyOrder(
            "GRANT USAGE ON SCHEMA \"sales\" TO \"read\"",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" GRANT USAGE ON SCHEMAS TO \"read\"",
            "GRANT SELECT ON TABLE \"sales\".\"lines\" TO \"read\"",
            "GRANT SELECT ON TABLE \"sales\".\"orders\" TO \"read\"",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" GRANT SELECT ON TABLES TO \"read\"",
            "GRANT EXECUTE ON ROUTINE \"sales\".\"total\"(\"pg_catalog\".\"int4\") TO \"read\"",
            "GRANT EXECUTE ON ROUTINE \"sales\".\"total\"() TO \"read\"",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" GRANT EXECUTE ON ROUTINES TO \"read\"");
  }

  @Test
  void findsNothingToDoWhenAllIsHeld() {
    assertThat(sql(wanted())).isEmpty();
  }

  @Test
  void takesFirstWhatThePolicyDoesNotGive() {
    Set<Entitlement> held = new LinkedHashSet<>(wanted());
    held.remove(new Entitlement("read", new TableRef("sales", "orders"), "INSERT"));
    held.add(new Entitlement("read", new TableRef("hr", "pay"), "SELECT"));
    held.add(new Entitlement("read", new FutureRef("eve", null, ObjectKind.TABLE), "SELECT"));

    assertThat(sql(held))
        .containsExactly(
            "REVOKE SELECT ON TABLE \"hr\".\"pay\" FROM \"read\" CASCADE",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"eve\" REVOKE SELECT ON TABLES FROM \"read\"",
            "GRANT INSERT ON TABLE \"sales\".\"orders\" TO \"read\"");
  }

  @Test
  void takesFromEverybodyWhatThePolicySaysAndEverybodyHas() {
    Policy policy =
        policy(
            List.of(),
            List.of(
                new OnDatabase("app", Set.of("CONNECT", "TEMPORARY")),
                on(ObjectKind.SCHEMA, null, Selection.of(List.of("public")), "CREATE"),
                on(ObjectKind.ROUTINE, null, Selection.ALL, "EXECUTE")));
    Set<Entitlement> held =
        Set.of(
            everybody(new DatabaseRef(), "TEMPORARY"),
            everybody(new RoutineRef("sales", "total", List.of()), "EXECUTE"),
            everybody(new RoutineRef("hr", "raise", List.of()), "EXECUTE"),
            everybody(new FutureRef("boss", null, ObjectKind.ROUTINE), "EXECUTE"),
            everybody(new FutureRef("boss", null, ObjectKind.TYPE), "USAGE"));

    assertThat(sql(policy, 18, held))
        .containsExactlyInAnyOrder(
            "REVOKE TEMPORARY ON DATABASE \"app\" FROM PUBLIC CASCADE",
            "REVOKE EXECUTE ON ROUTINE \"sales\".\"total\"() FROM PUBLIC CASCADE",
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" REVOKE EXECUTE ON ROUTINES FROM PUBLIC");
  }

  @Test
  void whatTheServerDoesNotKnowIsRefusedAndTheRestIsGiven() {
    Policy policy =
        policy(
            List.of(
                new OnObjects(
                    "app",
                    ObjectKind.TABLE,
                    Optional.of("sales"),
                    Selection.of(List.of("orders")),
                    List.of(),
                    Set.of("SELECT", "MAINTAIN"))),
            List.of());

    PrivilegePlan plan = plan(policy, 16, Set.of());

    assertThat(plan.changes())
        .extracting(PrivilegeChange::sql)
        .containsExactly("GRANT SELECT ON TABLE \"sales\".\"orders\" TO \"read\"");
    assertThat(plan.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.description())
                  .isEqualTo("grant MAINTAIN on table app.sales.orders to read");
              assertThat(refusal.reason()).startsWith("PostgreSQL 16 has no privilege MAINTAIN");
            });
    assertThat(sql(policy, 17, Set.of()))
        .containsExactly("GRANT MAINTAIN, SELECT ON TABLE \"sales\".\"orders\" TO \"read\"");
  }

  @Test
  void aRoleThatIsNotPgscimsOwnGetsNothing() {
    assertThat(new PrivilegePlanner(policy(), "app", inventory(18)).wanted(Set.of())).isEmpty();
    assertThat(new PrivilegePlanner(policy(), "other", inventory(18)).wanted(Set.of("read")))
        .isEmpty();
  }

  @Test
  void aChangeHoldsOnlyWhenAllOfItDoes() {
    var change =
        new PrivilegeChange(
            "app", "read", new TableRef("s", "t"), Set.of("SELECT", "INSERT"), true);
    var select = new Entitlement("read", new TableRef("s", "t"), "SELECT");
    var insert = new Entitlement("read", new TableRef("s", "t"), "INSERT");

    assertThat(change.holds(Set.of(select))).isFalse();
    assertThat(change.holds(Set.of(select, insert))).isTrue();
    assertThat(change.description()).isEqualTo("grant INSERT, SELECT on table app.s.t to read");
  }

  private static List<String> sql(Set<Entitlement> held) {
    return sql(policy(), 18, held);
  }

  private static List<String> sql(Policy policy, int major, Set<Entitlement> held) {
    return plan(policy, major, held).changes().stream().map(PrivilegeChange::sql).toList();
  }

  private static PrivilegePlan plan(Policy policy, int major, Set<Entitlement> held) {
    return new PrivilegePlanner(policy, "app", inventory(major)).plan(Set.of("read"), held);
  }

  private static Set<Entitlement> wanted() {
    return new PrivilegePlanner(policy(), "app", inventory(18)).wanted(Set.of("read"));
  }

  private static Inventory inventory(int major) {
    return new Inventory(major, FOUND);
  }

  private static Found found(ObjectKind kind, String schema, String name, String owner) {
    return new Found(kind, schema, name, owner, ObjectRef.named(kind, schema, name));
  }

  private static Found routine(String name, TypeRef... arguments) {
    var routine = new RoutineRef("sales", name, List.of(arguments));
    return new Found(ObjectKind.ROUTINE, "sales", name, "boss", routine);
  }

  private static Entitlement everybody(ObjectRef object, String privilege) {
    return new Entitlement(Entitlement.PUBLIC, object, privilege);
  }

  private static OnObjects on(
      ObjectKind kind, String schema, Selection objects, String... privileges) {
    return new OnObjects(
        "app", kind, Optional.ofNullable(schema), objects, List.of("boss"), Set.of(privileges));
  }

  private static Policy policy() {
    return policy(
        List.of(
            new OnDatabase("app", Set.of("CONNECT", "TEMPORARY")),
            on(ObjectKind.SCHEMA, null, Selection.of(List.of("sales")), "USAGE"),
            on(ObjectKind.TABLE, "sales", Selection.ALL, "SELECT", "INSERT"),
            new OnColumns("app", "crm", "cust\"omers", List.of("id"), Set.of("SELECT", "UPDATE")),
            on(ObjectKind.SEQUENCE, "sales", Selection.ALL, "USAGE"),
            on(ObjectKind.ROUTINE, "sales", Selection.of(List.of("total", "absent")), "EXECUTE"),
            on(ObjectKind.TYPE, "sales", Selection.ALL, "USAGE"),
            on(ObjectKind.SERVER, null, Selection.of(List.of("far")), "USAGE")),
        List.of());
  }

  private static Policy policy(List<ObjectGrant> grants, List<ObjectGrant> takenFromPublic) {
    return new Policy(
        "test",
        List.of("app"),
        List.of("boss"),
        new LoginRoles(
            UserFilter.of("active eq true"), NameTemplate.of("{userName}"), -1, Map.of()),
        Map.of("read", new AccessRole("read", grants, Set.of())),
        takenFromPublic,
        List.of(),
        Limits.NONE,
        Mode.ENFORCE,
        List.of());
  }
}
