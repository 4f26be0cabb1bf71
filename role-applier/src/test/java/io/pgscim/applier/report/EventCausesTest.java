package io.pgscim.applier.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.applier.consume.Batch;
import io.pgscim.applier.consume.Sourced;
import io.pgscim.applier.current.Situation;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.policy.GroupMatch;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.policy.LoginRoles;
import io.pgscim.applier.policy.Mode;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Rule;
import io.pgscim.applier.policy.UserFilter;
import io.pgscim.applier.wanted.Person;
import io.pgscim.applier.wanted.WantedAccess;
import io.pgscim.events.Cause;
import io.pgscim.events.GroupState;
import io.pgscim.events.MembershipState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventCausesTest {
  private final Subject ada = Subject.user("u1");

  @Test
  void aMembershipIsCausedByTheGroupThatGivesIt() {
    EventCauses causes = causes();

    assertThat(causes.of(ada, "read").txn()).isEqualTo("joined-readers");
    assertThat(causes.of(ada, "write").txn()).isEqualTo("left-writers");
    assertThat(causes.of(ada, "jobs").txn()).isEqualTo("renamed-jobs");
  }

  @Test
  void everythingElseIsCausedByTheUser() {
    assertThat(causes().of(ada, null).txn()).isEqualTo("changed-user");
  }

  @Test
  void somebodyElseIsCausedByWhateverCameLast() {
    assertThat(causes().of(Subject.user("u9"), null).txn()).isEqualTo("renamed-jobs");
  }

  private static EventCauses causes() {
    var batch =
        new Batch(
            "identity-events",
            List.of(new Sourced<>(Someone.user("u1", "ada"), cause("changed-user", 1))),
            List.of(
                new Sourced<>(
                    new GroupState("jobs", "test", 1, false, "jobs", null),
                    cause("renamed-jobs", 4))),
            List.of(
                new Sourced<>(
                    MembershipState.of("readers", "u1", 1, true), cause("joined-readers", 2)),
                new Sourced<>(
                    MembershipState.of("writers", "u1", 1, false), cause("left-writers", 3))),
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    var causes = new EventCauses(batch, new WantedAccess(policy(), Set.of()));
    causes.know(
        List.of(
            new Situation(
                "u1",
                Optional.of(Someone.in(Someone.user("u1", "ada"), "readers", "jobs")),
                List.of(new Person.Group("writers", "writers")),
                Optional.empty(),
                Set.of())));
    return causes;
  }

  private static Cause cause(String txn, int second) {
    return new Cause(txn, "test", Instant.parse("2026-03-01T09:30:00Z").plusSeconds(second), null);
  }

  private static Policy policy() {
    return new Policy(
        "test",
        List.of(),
        List.of(),
        new LoginRoles(
            UserFilter.of("active eq true"), NameTemplate.of("{userName}"), -1, Map.of()),
        Map.of(),
        List.of(),
        List.of(rule("readers", "read"), rule("writers", "write"), rule("jobs", "jobs")),
        Limits.NONE,
        Mode.ENFORCE,
        List.of());
  }

  private static Rule rule(String group, String role) {
    return new Rule(Optional.of(GroupMatch.named(group)), Optional.empty(), Set.of(role));
  }
}
