package io.pgscim.applier.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.Revoker;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final Subject ADA = Subject.user("u1");

  @Test
  void membershipsOfOneRoleShareAStatementAsTheGranter() {
    var plan =
        new Plan(
            List.of(
                new RoleChange.GrantMembership(ADA, "write", "ada", "granter"),
                new RoleChange.CreateLogin(ADA, "ada", -1),
                new RoleChange.GrantMembership(ADA, "write", "bob", "granter"),
                new RoleChange.RevokeMembership(
                    ADA, "read", "eve", "granter", Revoker.GRANTER, true),
                new RoleChange.RevokeMembership(ADA, "read", "eve", "dba", Revoker.LOGIN, true),
                new RoleChange.DisableLogin(ADA, "eve")),
            List.of());

    assertThat(Script.of(plan.changes()))
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
  void aStatementNamesNoMoreThanItsPart() {
    List<RoleChange> grants =
        java.util.stream.IntStream.range(0, 1001)
            .<RoleChange>mapToObj(i -> new RoleChange.GrantMembership(ADA, "read", "u" + i, "g"))
            .toList();

    assertThat(Script.of(grants).lines().filter(line -> line.startsWith("GRANT"))).hasSize(3);
  }
}
