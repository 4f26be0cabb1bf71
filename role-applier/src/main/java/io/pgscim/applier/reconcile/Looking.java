package io.pgscim.applier.reconcile;

import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.current.Candidate;
import io.pgscim.applier.current.Catalog;
import io.pgscim.applier.current.CurrentLogin;
import io.pgscim.applier.current.NameHolder;
import io.pgscim.applier.current.Situation;
import io.pgscim.applier.plan.LoginPlanner;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.reconcile.People.Prospect;
import io.pgscim.applier.wanted.Outlook;
import io.pgscim.applier.wanted.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A look at users at one moment: some after the others as they become known, then a plan for all of
 * them.
 */
final class Looking {
  private final Ruling ruling;
  private final Instant now;
  private final List<Situation> situations = new ArrayList<>();
  private final List<Wanted> wanted = new ArrayList<>();
  private final Map<String, CurrentLogin> current = new HashMap<>();
  private final Map<String, Instant> agenda = new HashMap<>();

  Looking(Ruling ruling, Instant now) {
    this.ruling = ruling;
    this.now = now;
  }

  /** At these users as well. */
  void at(List<Situation> some) {
    situations.addAll(some);
    for (Situation situation : some) {
      Optional<Outlook> outlook = situation.person().map(person -> ruling.wanted().at(now, person));
      outlook.map(Outlook::wanted).ifPresent(wanted::add);
      outlook.flatMap(Outlook::changes).ifPresent(moment -> agenda.put(situation.userId(), moment));
      situation.role().ifPresent(role -> current.put(situation.userId(), role));
    }
  }

  /** What would be done for all of them. Reads only. */
  Prospect prospect(Transaction transaction) {
    Map<String, Candidate> candidates = candidates(transaction);
    Map<String, CurrentLogin> then = new HashMap<>(current);
    candidates.forEach((user, candidate) -> then.put(user, candidate.role()));
    Set<String> names = LoginPlanner.unsettledNames(wanted, then);
    Map<String, NameHolder> holders =
        names.isEmpty() ? Map.of() : Catalog.holders(transaction, names);
    Plan plan =
        LoginPlanner.plan(
            ruling.memberships(),
            ruling.policy().loginRoles().authentication(),
            wanted,
            current,
            candidates,
            holders);
    return new Prospect(situations, wanted, plan, agenda);
  }

  /** The roles that the policy names for people who have none of pgscim's yet. */
  private Map<String, Candidate> candidates(Transaction transaction) {
    Map<String, String> named = new HashMap<>();
    for (Situation situation : situations) {
      if (situation.role().isEmpty()) {
        situation
            .person()
            .flatMap(person -> ruling.policy().loginRoles().adoption().roleOf(person.user()))
            .ifPresent(role -> named.put(situation.userId(), role));
      }
    }
    return named.isEmpty() ? Map.of() : Catalog.candidates(transaction, named);
  }
}
