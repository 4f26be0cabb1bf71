package io.pgscim.applier.privileges;

import io.pgscim.applier.plan.Refusal;
import java.util.List;

/**
 * What has to change in a database: first all that is taken, then all that is given.
 *
 * @param refusals what was wanted and cannot be
 */
record PrivilegePlan(List<PrivilegeChange> changes, List<Refusal> refusals) {

  PrivilegePlan {
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
  }
}
