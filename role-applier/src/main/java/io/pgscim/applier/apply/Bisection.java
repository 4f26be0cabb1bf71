package io.pgscim.applier.apply;

import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Phase;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the changes that the server refuses, in as many steps as they are few. */
final class Bisection<C extends Change> {
  private final Transaction transaction;
  private final Function<List<C>, String> script;
  private final List<C> done = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();

  /**
   * Subjects that did not get the name or role that later changes are about, and in which phase.
   */
  private final Map<Subject, Phase> broken = new HashMap<>();

  Bisection(Transaction transaction, Function<List<C>, String> script) {
    this.transaction = transaction;
    this.script = script;
  }

  Applied<C> apply(List<C> changes) {
    attempt(changes);
    return new Applied<>(done, refused);
  }

  private void attempt(List<C> all) {
    List<C> changes = all.stream().filter(this::stillPossible).toList();
    if (changes.isEmpty()) {
      return;
    }
    Optional<PgException> failure = transaction.attempt(script.apply(changes));
    if (failure.isEmpty()) {
      done.addAll(changes);
    } else if (changes.size() == 1) {
      refuse(changes.getFirst(), failure.get());
    } else {
      int middle = changes.size() / 2;
      attempt(changes.subList(0, middle));
      attempt(changes.subList(middle, changes.size()));
    }
  }

  private void refuse(C change, PgException failure) {
    refused.add(Refusal.of(change, failure.getSqlState(), failure.getErrorMessage()));
    if (change instanceof RoleChange role
        && switch (role.phase()) {
          case ADOPT, RENAME, CREATE -> true;
          case TAKE, ALTER, GIVE -> false;
        }) {
      broken.put(role.subject(), role.phase());
    }
  }

  private boolean stillPossible(C change) {
    Phase failed = broken.get(change.subject());
    return failed == null
        || !(change instanceof RoleChange role)
        || role.phase().compareTo(failed) <= 0;
  }
}
