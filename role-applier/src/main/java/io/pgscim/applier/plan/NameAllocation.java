package io.pgscim.applier.plan;

import io.pgscim.applier.current.NameHolder;
import io.pgscim.applier.plan.RoleChange.Rename;
import io.pgscim.applier.wanted.RoleName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settles who gets which name. No name ever passes from one living person to another, or from a
 * role that pgscim does not manage:
 *
 * <ul>
 *   <li>a free name goes to whoever wants it, the lowest user id first;
 *   <li>a name whose holder is about to take another one is free then, in chains and circles too;
 *   <li>the disabled role of a deleted user gives its name up and keeps its objects under another;
 *   <li>any other name that is held is refused.
 * </ul>
 */
final class NameAllocation {
  /**
   * @param current the name of the user's role now; null when there is none
   */
  private record Claim(String userId, String current, String wanted) {}

  private final Map<String, NameHolder> holders;
  private final Map<String, Claim> open = new TreeMap<>();
  private final Map<String, String> granted = new HashMap<>();
  private final List<RoleChange> renames = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * @param holders who has which name now; of the names that are claimed or left, all are in it
   */
  NameAllocation(Map<String, NameHolder> holders) {
    this.holders = new LinkedHashMap<>(holders);
  }

  /** A user wants a name that is not the name of the user's role. */
  void claim(String userId, String current, String wanted) {
    open.put(userId, new Claim(userId, current, wanted));
    if (current != null) {
      holders.putIfAbsent(current, new NameHolder.Person(userId, false));
    }
  }

  /** Decides every claim. */
  void settle() {
    while (!open.isEmpty()) {
      if (!settleSome()) {
        breakCircle();
      }
    }
  }

  /** The name that a claim got; null when it was refused. */
  String granted(String userId) {
    return granted.get(userId);
  }

  /** In the order they have to happen. */
  List<RoleChange> renames() {
    return renames;
  }

  List<Refusal> refusals() {
    return refusals;
  }

  private boolean settleSome() {
    boolean progress = false;
    for (Iterator<Claim> claims = open.values().iterator(); claims.hasNext(); ) {
      Claim claim = claims.next();
      NameHolder holder = holders.get(claim.wanted());
      if (holder instanceof NameHolder.Person person && open.containsKey(person.userId())) {
        continue; // That one is leaving the name, or will turn out not to.
      }
      claims.remove();
      progress = true;
      settle(claim, holder);
    }
    return progress;
  }

  private void settle(Claim claim, NameHolder holder) {
    if (holder instanceof NameHolder.Person person && person.gone()) {
      rename(person.userId(), claim.wanted(), RoleName.marked(claim.wanted(), person.userId()));
      grant(claim);
    } else if (holder == null) {
      grant(claim);
    } else {
      refuse(claim, holder);
    }
  }

  private void grant(Claim claim) {
    if (claim.current() != null) {
      rename(claim.userId(), claim.current(), claim.wanted());
    }
    holders.put(claim.wanted(), new NameHolder.Person(claim.userId(), false));
    granted.put(claim.userId(), claim.wanted());
  }

  /** Everybody left waits for somebody left: one of them steps aside for the others. */
  private void breakCircle() {
    Claim first = open.values().iterator().next();
    String aside = RoleName.marked(first.current(), first.userId());
    rename(first.userId(), first.current(), aside);
    holders.put(aside, new NameHolder.Person(first.userId(), false));
    open.put(first.userId(), new Claim(first.userId(), aside, first.wanted()));
  }

  private void rename(String userId, String from, String to) {
    holders.remove(from);
    renames.add(new Rename(Subject.user(userId), from, to));
  }

  private void refuse(Claim claim, NameHolder holder) {
    String description =
        claim.current() == null
            ? "create login role " + claim.wanted()
            : "rename " + claim.current() + " to " + claim.wanted();
    String reason =
        switch (holder) {
          case NameHolder.Unmanaged u ->
              "a role of this name exists and pgscim did not create it, so pgscim leaves it alone;"
                  + " give one of the two another name";
          case NameHolder.Access a -> "an access role has this name; give one of the two another";
          case NameHolder.Person p ->
              "it is the role of user " + p.userId() + "; two people never share one";
        };
    refusals.add(Refusal.of(Subject.user(claim.userId()), claim.wanted(), description, reason));
  }
}
