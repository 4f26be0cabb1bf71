package io.pgscim.applier.privileges;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.policy.AccessRole;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.policy.LoginRoles;
import io.pgscim.applier.policy.Mode;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnSchema;
import io.pgscim.applier.policy.ObjectGrant.OnSequences;
import io.pgscim.applier.policy.ObjectGrant.OnTables;
import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Selection;
import io.pgscim.applier.policy.UserFilter;
import io.pgscim.applier.privileges.ObjectRef.FutureRef;
import io.pgscim.applier.privileges.ObjectRef.TableRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrivilegePlannerTest {
  private static final Inventory INVENTORY =
      new Inventory(
          Map.of("sales", List.of("lines", "orders")), Map.of("sales", List.of("numbers")));

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
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"boss\" IN SCHEMA \"sales\" GRANT USAGE ON SEQUENCES TO \"read\"");
  }

  @Test
  void findsNothingToDoWhenAllIsHeld() {
    assertThat(sql(wanted())).isEmpty();
  }

  @Test
  void takesFirstWhatThePolicyDoesNotGive() {
    Set<Entitlement> held = new java.util.LinkedHashSet<>(wanted());
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
  void aRoleThatIsNotPgscimsOwnGetsNothing() {
    assertThat(PrivilegePlanner.wanted(policy(), "app", Set.of(), INVENTORY)).isEmpty();
    assertThat(PrivilegePlanner.wanted(policy(), "other", Set.of("read"), INVENTORY)).isEmpty();
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
    return PrivilegePlanner.plan("app", wanted(), held).stream().map(PrivilegeChange::sql).toList();
  }

  private static Set<Entitlement> wanted() {
    return PrivilegePlanner.wanted(policy(), "app", Set.of("read"), INVENTORY);
  }

  private static Policy policy() {
    return new Policy(
        "test",
        List.of("app"),
        List.of("boss"),
        new LoginRoles(
            UserFilter.of("active eq true"), NameTemplate.of("{userName}"), -1, Map.of()),
        Map.of(
            "read",
            new AccessRole(
                "read",
                List.of(
                    new OnDatabase("app", Set.of("CONNECT", "TEMPORARY")),
                    new OnSchema("app", "sales", Set.of("USAGE")),
                    new OnTables("app", "sales", Selection.ALL, Set.of("SELECT", "INSERT")),
                    new OnColumns(
                        "app", "crm", "cust\"omers", List.of("id"), Set.of("SELECT", "UPDATE")),
                    new OnSequences("app", "sales", Selection.ALL, Set.of("USAGE"))),
                Set.of())),
        List.of(),
        Limits.NONE,
        Mode.ENFORCE);
  }
}
