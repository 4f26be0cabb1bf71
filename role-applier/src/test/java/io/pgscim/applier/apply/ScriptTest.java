package io.pgscim.applier.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.plan.Dialect;
import io.pgscim.applier.plan.Hands;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.Revoker;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.policy.MembershipOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final Subject ADA = Subject.user("u1");
  private static final Plan PLAN =
      new Plan(
          List.of(
              give("write", "ada"),
              new RoleChange.CreateLogin(ADA, "ada", -1),
              give("write", "bob"),
              new RoleChange.RevokeMembership(ADA, "read", "eve", "granter", Revoker.GRANTER, true),
              new RoleChange.RevokeMembership(ADA, "read", "eve", "dba", Revoker.LOGIN, true),
              new RoleChange.DisableLogin(ADA, "eve")),
          List.of());

  @Test
  void membershipsOfOneRoleShareAStatementAsTheGranter() {
    assertThat(Script.of(PLAN.changes(), Hands.STATEMENTS))
        .isEqualTo(
            """
            REVOKE "read" FROM "eve" GRANTED BY "dba" CASCADE;
            ALTER ROLE "eve" NOLOGIN;
            SET LOCAL ROLE "granter";
            REVOKE "read" FROM "eve" GRANTED BY "granter" CASCADE;
            SET LOCAL ROLE NONE;
            CREATE ROLE "ada" LOGIN CONNECTION LIMIT -1;
            SET LOCAL ROLE "granter";
            GRANT "write" TO "ada", "bob" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE GRANTED BY "granter";
            SET LOCAL ROLE NONE;
            """);
  }

  @Test
  void functionsDoThemTogether() {
    assertThat(Script.of(PLAN.changes(), Hands.FUNCTIONS))
        .isEqualTo(
            """
            SELECT pgscim_admin.let_log_in(ARRAY['eve'], false);
            REVOKE "read" FROM "eve" GRANTED BY "dba" CASCADE;
            SELECT pgscim_admin.take_membership('read', ARRAY['eve']);
            SELECT pgscim_admin.create_logins(ARRAY['ada'], ARRAY[-1]);
            SELECT pgscim_admin.give_membership('write', ARRAY['ada', 'bob'], true, true);
            """);
  }

  @Test
  void beforePostgreSql16AMembershipHasNoOptions() {
    RoleChange grant =
        new RoleChange.GrantMembership(
            ADA, "write", "ada", "granter", MembershipOptions.USUAL, Dialect.PLAIN);
    RoleChange role =
        new RoleChange.CreateAccess(Subject.access("read"), "read", "granter", Dialect.PLAIN);

    assertThat(grant.sql()).isEqualTo("GRANT \"write\" TO \"ada\" GRANTED BY \"granter\"");
    assertThat(role.sql())
        .isEqualTo("CREATE ROLE \"read\" NOLOGIN; GRANT \"read\" TO \"granter\" WITH ADMIN OPTION");
  }

  private static RoleChange give(String access, String role) {
    return new RoleChange.GrantMembership(
        ADA, access, role, "granter", MembershipOptions.USUAL, Dialect.OPTIONS);
  }

  @Test
  void aStatementNamesNoMoreThanItsPart() {
    List<RoleChange> grants =
        java.util.stream.IntStream.range(0, 1001)
            .<RoleChange>mapToObj(i -> give("read", "u" + i))
            .toList();

    assertThat(Script.of(grants, Hands.STATEMENTS).lines().filter(line -> line.startsWith("GRANT")))
        .hasSize(3);
  }
}
