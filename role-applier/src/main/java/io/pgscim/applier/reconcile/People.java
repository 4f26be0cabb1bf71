package io.pgscim.applier.reconcile;

import io.pgscim.applier.apply.Applied;
import io.pgscim.applier.apply.Applying;
import io.pgscim.applier.apply.ManagedRoles;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.consume.IdentityRecords;
import io.pgscim.applier.current.Catalog;
import io.pgscim.applier.current.Situation;
import io.pgscim.applier.guard.Breaker;
import io.pgscim.applier.guard.Taking;
import io.pgscim.applier.guard.Withheld;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.report.Causes;
import io.pgscim.applier.report.Refusals;
import io.pgscim.applier.report.Report;
import io.pgscim.applier.sessions.Revocation;
import io.pgscim.applier.sessions.Revocations;
import io.pgscim.applier.wanted.Wanted;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reconciles login roles with what their users should have. */
public final class People {
  /** So many are looked at, planned and changed at once: a batch of events need not be parted. */
  public static final int AT_ONCE = IdentityRecords.MOST;

  /** So many events are sent while the next ones are made. */
  private static final int EVENTS = 2000;

  private final Outbox outbox;
  private final Ruling ruling;

  /**
   * @param situations what is
   * @param wanted what should be, for those of whom the ledger knows
   * @param plan the difference
   * @param agenda when to look again, by user, where the clock alone changes what should be
   */
  public record Prospect(
      List<Situation> situations, List<Wanted> wanted, Plan plan, Map<String, Instant> agenda) {}

  public People(Outbox outbox, Ruling ruling) {
    this.outbox = outbox;
    this.ruling = ruling;
  }

  /** What would be done for these users now. Reads only. */
  public Prospect look(Transaction transaction, Collection<String> users) {
    var looking = new Looking(ruling, Instant.now());
    Catalog.readSituations(transaction, List.copyOf(users), looking::at);
    return looking.prospect(transaction);
  }

  /** What would be done at a moment for users of whom this is known. Reads only. */
  public Prospect look(Transaction transaction, List<Situation> situations, Instant now) {
    var looking = new Looking(ruling, now);
    looking.at(situations);
    return looking.prospect(transaction);
  }

  /**
   * Makes these users' roles what they should be, as far as the breaker lets it; true once the
   * transaction commits.
   */
  public Outcome reconcile(
      Transaction transaction,
      Collection<String> users,
      Causes causes,
      Applying applying,
      Breaker breaker) {
    Outcome outcome = Outcome.NOTHING;
    Set<String> seen = new TreeSet<>(users);
    List<String> left = new ArrayList<>(seen);
    while (!left.isEmpty()) {
      List<String> some = left.subList(0, Math.min(AT_ONCE, left.size()));
      var withheld = Withheld.ask(transaction, some);
      Prospect prospect = look(transaction, some);
      causes.know(prospect.situations());
      Ledger.noteAgenda(transaction, prospect.agenda());
      Breaker.Ruled ruled =
          breaker.rule(
              transaction, prospect.plan(), Withheld.read(transaction.await(withheld)), causes);
      Applied<RoleChange> applied =
          applying.apply(transaction, ruled.plan().changes(), ruling.memberships().hands());
      ManagedRoles.note(transaction, applied, notes(prospect.wanted(), ruled.withheld()));
      outcome =
          outcome
              .and(report(transaction, prospect, applied, causes))
              .and(new Outcome(0, 0, false, ruled.waiting()));
      some.clear();
      for (String user : waiting(transaction, prospect, applied)) {
        if (seen.add(user)) {
          left.add(user);
        }
      }
    }
    return outcome;
  }

  /** What these users' plans take from them, by user id. Reads only. */
  public Map<String, Taking> takings(Transaction transaction, Collection<String> users) {
    Map<String, Taking> takings = new TreeMap<>();
    List<String> all = List.copyOf(users);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<String> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
      takings.putAll(Taking.of(look(transaction, some).plan()));
    }
    return takings;
  }

  /** A role of which something is withheld stays noted as it was. */
  private static Map<Subject, ManagedRoles.Note> notes(List<Wanted> wanted, Set<String> withheld) {
    Map<Subject, ManagedRoles.Note> notes = new HashMap<>();
    for (Wanted one : wanted) {
      if (one instanceof Wanted.NoAccess && withheld.contains(one.userId())) {
        continue;
      }
      notes.put(
          Subject.user(one.userId()),
          switch (one) {
            case Wanted.Login login -> new ManagedRoles.Note("active", login.settings());
            case Wanted.NoAccess none -> new ManagedRoles.Note("disabled", null);
          });
    }
    return notes;
  }

  private Outcome report(
      Transaction transaction, Prospect prospect, Applied<RoleChange> applied, Causes causes) {
    Map<Subject, Set<String>> before = new LinkedHashMap<>();
    prospect.situations().forEach(s -> before.put(Subject.user(s.userId()), s.refusals()));
    List<Refusal> refused =
        Refusals.note(
            transaction,
            before,
            Stream.concat(prospect.plan().refusals().stream(), applied.refused().stream())
                .toList());
    List<Revocation> revocations = revocations(prospect, applied, causes);
    Revocations.note(transaction, revocations);
    List<OutgoingRecord> records = new ArrayList<>();
    for (RoleChange change : applied.done()) {
      records.add(
          ruling.report().done(change, causes.of(change.subject(), Report.accessOf(change))));
      if (records.size() == EVENTS) {
        send(transaction, records);
      }
    }
    for (Refusal refusal : refused) {
      records.add(ruling.report().refused(refusal, causes.of(refusal.subject(), null)));
    }
    send(transaction, records);
    return new Outcome(applied.done().size(), refused.size(), !revocations.isEmpty(), false);
  }

  private void send(Transaction transaction, List<OutgoingRecord> records) {
    if (!records.isEmpty()) {
      transaction.send(outbox.insertSql(), Outbox.parameters(records));
      records.clear();
    }
  }

  /** Whoever lost something may have sessions that still have it. */
  private static List<Revocation> revocations(
      Prospect prospect, Applied<RoleChange> applied, Causes causes) {
    Map<String, List<String>> rolesLost = new LinkedHashMap<>();
    Set<String> loginLost = new TreeSet<>();
    for (RoleChange change : applied.done()) {
      switch (change) {
        case RoleChange.DisableLogin disable -> {
          loginLost.add(disable.subject().userId());
          rolesLost.putIfAbsent(disable.subject().userId(), new ArrayList<>());
        }
        case RoleChange.RevokeMembership revoke when revoke.endsAccess() ->
            rolesLost
                .computeIfAbsent(revoke.subject().userId(), u -> new ArrayList<>())
                .add(revoke.access());
        default -> {}
      }
    }
    Map<String, String> reasons = new HashMap<>();
    prospect.wanted().stream()
        .filter(Wanted.NoAccess.class::isInstance)
        .map(Wanted.NoAccess.class::cast)
        .forEach(none -> reasons.put(none.userId(), none.reason()));
    List<Revocation> revocations = new ArrayList<>();
    rolesLost.forEach(
        (user, roles) ->
            revocations.add(
                new Revocation(
                    user,
                    loginLost.contains(user),
                    roles,
                    reasons.getOrDefault(user, "taken away: " + String.join(", ", roles)),
                    causes.of(
                        Subject.user(user), loginLost.contains(user) ? null : roles.getFirst()))));
    return revocations;
  }

  /** Users who were refused a name that is free now. */
  private static List<String> waiting(
      Transaction transaction, Prospect prospect, Applied<RoleChange> applied) {
    Set<String> freed = new TreeSet<>();
    for (RoleChange change : applied.done()) {
      if (change instanceof RoleChange.Rename rename) {
        freed.add(rename.from());
      }
    }
    for (Situation situation : prospect.situations()) {
      if (situation.person().map(person -> person.user().deleted()).orElse(false)) {
        situation.role().ifPresent(role -> freed.add(role.name()));
      }
    }
    return freed.isEmpty() ? List.of() : Refusals.waitingFor(transaction, freed);
  }
}
