package io.pgscim.applier.apply;

import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Refusal;
import java.util.List;

/**
 * What came of a plan, true once the transaction commits.
 *
 * @param refused by the server
 */
public record Applied<C extends Change>(List<C> done, List<Refusal> refused) {

  public Applied {
    done = List.copyOf(done);
    refused = List.copyOf(refused);
  }
}
