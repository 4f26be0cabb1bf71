package io.pgscim.applier.apply;

import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Hands;
import io.pgscim.applier.plan.RoleChange;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A way of carrying changes out. */
public enum Applying {
  /**
   * All at once, without waiting: one refusal fails the transaction, which is then done again
   * {@link #CAREFULLY}.
   */
  AT_ONCE,
  /** Halving what fails until the changes that are refused stand alone; the rest is made. */
  CAREFULLY;

  /**
   * Carries out changes of roles.
   *
   * @param changes in the order of a plan
   */
  public Applied<RoleChange> apply(Transaction transaction, List<RoleChange> changes, Hands hands) {
    return apply(transaction, changes, some -> Script.of(some, hands));
  }

  /** Carries out other changes, none of which depends on another, in the given order. */
  public <C extends Change> Applied<C> applyEach(Transaction transaction, List<C> changes) {
    return apply(
        transaction,
        changes,
        some -> some.stream().map(Change::sql).collect(Collectors.joining(";\n")));
  }

  private <C extends Change> Applied<C> apply(
      Transaction transaction, List<C> changes, Function<List<C>, String> script) {
    return switch (this) {
      case AT_ONCE -> {
        if (!changes.isEmpty()) {
          transaction.send(script.apply(changes));
        }
        yield new Applied<>(changes, List.of());
      }
      case CAREFULLY -> new Bisection<>(transaction, script).apply(changes);
    };
  }
}
