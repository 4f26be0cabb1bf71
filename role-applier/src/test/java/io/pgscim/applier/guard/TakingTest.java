package io.pgscim.applier.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.plan.Dialect;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.Revoker;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.RoleChange.DisableLogin;
import io.pgscim.applier.plan.RoleChange.GrantMembership;
import io.pgscim.applier.plan.RoleChange.Rename;
import io.pgscim.applier.plan.RoleChange.RevokeMembership;
import io.pgscim.applier.plan.RoleChange.TakeAttribute;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.policy.MembershipOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakingTest {
  private static final Subject ADA = Subject.user("u-ada");
  private static final Subject BOB = Subject.user("u-bob");

  @Test
  void loginAndAccessAreTakenNothingElseIs() {
    Map<String, Taking> takings =
        Taking.of(
            plan(
                new DisableLogin(ADA, "ada"),
                revoke(ADA, "read", "ada", true),
                new TakeAttribute(ADA, "ada", "SUPERUSER"),
                revoke(BOB, "read", "bob", false),
                new Rename(BOB, "rob", "bob"),
                new GrantMembership(
                    BOB, "write", "bob", "granter", MembershipOptions.USUAL, Dialect.OPTIONS),
                revoke(Subject.access("write"), "read", "write", true)));

    assertThat(takings.keySet()).containsExactly("u-ada");
    assertThat(takings.get("u-ada").lines()).containsExactly("\"read\" by \"granter\"", "login");
    assertThat(takings.get("u-ada").access()).isNull();
  }

  @Test
  void theDigestIsOfWhatIsTakenFromWhomAndNotOfNamesOrOrder() {
    String digest = digest(revoke(ADA, "read", "ada", true), revoke(BOB, "read", "bob", true));

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(digest(revoke(BOB, "read", "rob", true), revoke(ADA, "read", "ada.l", true)))
        .isEqualTo(digest);
    assertThat(digest(revoke(ADA, "read", "ada", true))).isNotEqualTo(digest);
    assertThat(digest(revoke(ADA, "read", "ada", true), revoke(BOB, "write", "bob", true)))
        .isNotEqualTo(digest);
    assertThat(
            digest(
                revoke(ADA, "read", "ada", true),
                revoke(BOB, "read", "bob", true),
                new DisableLogin(BOB, "bob")))
        .isNotEqualTo(digest);
  }

  private static String digest(RoleChange... changes) {
    return Taking.digest(Taking.of(plan(changes)).values());
  }

  private static Plan plan(RoleChange... changes) {
    return new Plan(List.of(changes), List.of());
  }

  private static RevokeMembership revoke(
      Subject subject, String access, String role, boolean endsAccess) {
    return new RevokeMembership(subject, access, role, "granter", Revoker.GRANTER, endsAccess);
  }
}
