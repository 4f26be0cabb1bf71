package io.pgscim.applier.apply;

import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.RoleChange;
import java.util.List;

/** A way of carrying changes out. */
public enum Applying {
  /**
   * All at once, without waiting: one refusal fails the transaction, which is then done again
   * {@link #CAREFULLY}.
   */
  AT_ONCE {
    @Override
    public Applied apply(Transaction transaction, List<RoleChange> changes) {
      if (!changes.isEmpty()) {
        transaction.send(Script.of(changes));
      }
      return new Applied(changes, List.of());
    }
  },
  /** Halving what fails until the changes that are refused stand alone; the rest is made. */
  CAREFULLY {
    @Override
    public Applied apply(Transaction transaction, List<RoleChange> changes) {
      return new Bisection(transaction).apply(changes);
    }
  };

  /**
   * Carries out changes in the given order.
   *
   * @param changes in the order of a plan
   */
  public abstract Applied apply(Transaction transaction, List<RoleChange> changes);
}
