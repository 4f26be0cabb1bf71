package io.pgscim.applier.guard;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.policy.Limits;
import io.pgscim.applier.report.Causes;
import io.pgscim.events.Cause;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides what of a plan is done now. Whatever gives is; what takes is withheld where it was held
 * or rejected before, and where it may be part of a mistake that comes in many batches: then it is
 * judged as a whole once no more comes.
 */
public final class Breaker {
  private static final String NOTE_TAKEN = Sql.of(Breaker.class, "note_taken");

  /** When what is taken is judged. */
  private enum Manner {
    /** At once where it concerns few people, otherwise later. */
    FEW_AT_ONCE,
    /** Later. */
    LATER,
    /** Was decided long ago. */
    DECIDED
  }

  private final Limits limits;
  private final Manner manner;
  private final Map<String, Set<String>> permitted;
  private final boolean unasked;

  private Breaker(
      Limits limits, Manner manner, Map<String, Set<String>> permitted, boolean unasked) {
    this.limits = limits;
    this.manner = manner;
    this.permitted = Map.copyOf(permitted);
    this.unasked = unasked;
  }

  /** For events as they come: what they take from a few people is taken at once. */
  public static Breaker forEvents(Limits limits) {
    return new Breaker(limits, Manner.FEW_AT_ONCE, Map.of(), true);
  }

  /** For one of many steps of the same: none of them knows how much the others take. */
  public static Breaker forSteps(Limits limits) {
    return new Breaker(limits, Manner.LATER, Map.of(), true);
  }

  /** For the end of what was given until now: nobody did that by mistake today. */
  public static Breaker forTheClock(Limits limits) {
    return new Breaker(limits, Manner.DECIDED, Map.of(), false);
  }

  /**
   * For what was judged: exactly that is done.
   *
   * @param takings by user id
   * @param unasked within the limits; otherwise somebody approved it
   */
  public static Breaker permitting(Limits limits, Map<String, Taking> takings, boolean unasked) {
    Map<String, Set<String>> lines = new HashMap<>();
    takings.forEach((user, taking) -> lines.put(user, taking.lines()));
    return new Breaker(limits, Manner.LATER, lines, unasked);
  }

  /**
   * What of a plan is done.
   *
   * @param withheld the users from whom something is withheld
   * @param waiting whether there is something to judge later
   */
  public record Ruled(Plan plan, Set<String> withheld, boolean waiting) {}

  /**
   * Rules on a plan, and notes what is withheld and what is taken, in the plan's transaction.
   *
   * @param known what is withheld from the users the plan is about
   */
  public Ruled rule(
      Transaction transaction, Plan plan, Map<String, Withheld> known, Causes causes) {
    Map<String, Taking> takings = Taking.of(plan);
    if (takings.isEmpty() && known.isEmpty()) {
      return new Ruled(plan, Set.of(), false);
    }
    Map<String, Set<String>> withheld = new HashMap<>();
    Set<String> done = new TreeSet<>();
    Map<Taking, Cause> fresh = new LinkedHashMap<>();
    for (Taking taking : takings.values()) {
      Withheld before = known.get(taking.userId());
      if (permitted.getOrDefault(taking.userId(), Set.of()).containsAll(taking.lines())
          || (manner == Manner.DECIDED && before == null)) {
        done.add(taking.userId());
      } else if (manner == Manner.DECIDED
          || (before != null && before.lines().equals(taking.lines()))) {
        withheld.put(taking.userId(), before.lines());
      } else {
        fresh.put(taking, causes.of(Subject.user(taking.userId()), taking.access()));
      }
    }
    Set<Taking> atOnce = atOnce(transaction, fresh);
    List<Withheld> later = new ArrayList<>();
    fresh.forEach(
        (taking, cause) -> {
          Withheld before = known.get(taking.userId());
          if (!atOnce.contains(taking)) {
            withheld.put(taking.userId(), taking.lines());
            later.add(Withheld.waiting(taking, cause));
          } else if (taking.adds(before)) {
            withheld.put(taking.userId(), before.lines());
          }
        });
    Withheld.note(transaction, later);
    atOnce.forEach(taking -> done.add(taking.userId()));
    boolean loosened = settle(transaction, known, withheld.keySet(), done);
    return new Ruled(without(plan, withheld), withheld.keySet(), !later.isEmpty() || loosened);
  }

  /**
   * A request that takes from many is judged as a whole, with whatever of it comes later. The
   * others beside it need not wait while they are few together.
   */
  private Set<Taking> atOnce(Transaction transaction, Map<Taking, Cause> fresh) {
    if (limits.isNone() || fresh.isEmpty()) {
      return fresh.keySet();
    }
    if (manner != Manner.FEW_AT_ONCE) {
      return Set.of();
    }
    Map<String, Long> people =
        fresh.values().stream().collect(Collectors.groupingBy(Cause::txn, Collectors.counting()));
    people.values().removeIf(count -> count > limits.revokeAtLeast());
    people.keySet().removeAll(Withheld.txnsAmong(transaction, people.keySet()));
    Map<String, Taking> few = new HashMap<>();
    fresh.forEach(
        (taking, cause) -> {
          if (people.containsKey(cause.txn())) {
            few.put(taking.userId(), taking);
          }
        });
    return !few.isEmpty()
            && few.size() <= limits.revokeAtLeast()
            && Budget.allows(transaction, limits, few.keySet())
        ? Set.copyOf(few.values())
        : Set.of();
  }

  /** True when a hold is not what it was. */
  private boolean settle(
      Transaction transaction,
      Map<String, Withheld> known,
      Set<String> withheld,
      Set<String> done) {
    if (unasked && !limits.isNone() && !done.isEmpty()) {
      transaction.send(
          NOTE_TAKEN, Tuple.of(done.toArray(String[]::new), (double) limits.within().toSeconds()));
    }
    List<Withheld> over =
        known.values().stream().filter(one -> !withheld.contains(one.userId())).toList();
    Withheld.drop(transaction, over.stream().map(Withheld::userId).toList());
    return over.stream().anyMatch(one -> one.verdict() == Withheld.Verdict.HELD);
  }

  private static Plan without(Plan plan, Map<String, Set<String>> withheld) {
    List<RoleChange> rest = new ArrayList<>();
    for (RoleChange change : plan.changes()) {
      Set<String> lines = withheld.getOrDefault(change.subject().userId(), Set.of());
      if (!Taking.takes(change) || !lines.contains(Taking.line(change))) {
        rest.add(change);
      }
    }
    return new Plan(rest, plan.refusals());
  }
}
