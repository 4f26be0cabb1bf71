package io.pgscim.applier.apply;

import io.pgscim.applier.cluster.Transaction;
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

/** Finds the changes that the server refuses, in as many steps as they are few. */
final class Bisection {
  private final Transaction transaction;
  private final List<RoleChange> done = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();

  /**
   * Subjects that did not get the name or role that later changes are about, and in which phase.
   */
  private final Map<Subject, Phase> broken = new HashMap<>();

  Bisection(Transaction transaction) {
    this.transaction = transaction;
  }

  Applied apply(List<RoleChange> changes) {
    attempt(changes);
    return new Applied(done, refused);
  }

  private void attempt(List<RoleChange> all) {
    List<RoleChange> changes = all.stream().filter(this::stillPossible).toList();
    if (changes.isEmpty()) {
      return;
    }
    Optional<PgException> failure = transaction.attempt(Script.of(changes));
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

  private void refuse(RoleChange change, PgException failure) {
    refused.add(Refusal.of(change, failure.getSqlState(), failure.getErrorMessage()));
    if (change.phase() == Phase.RENAME || change.phase() == Phase.CREATE) {
      broken.put(change.subject(), change.phase());
    }
  }

  private boolean stillPossible(RoleChange change) {
    Phase failed = broken.get(change.subject());
    return failed == null || change.phase().compareTo(failed) <= 0;
  }
}
