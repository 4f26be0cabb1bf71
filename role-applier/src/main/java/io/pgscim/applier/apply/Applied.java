package io.pgscim.applier.apply;

import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of a plan, true once the transaction commits.
 *
 * @param refused by the server
 */
public record Applied(List<RoleChange> done, List<Refusal> refused) {

  public Applied {
    done = List.copyOf(done);
    refused = List.copyOf(refused);
  }

  /** Whom the changes that were made are about. */
  public Set<Subject> subjects() {
    return done.stream().map(RoleChange::subject).collect(Collectors.toSet());
  }
}
