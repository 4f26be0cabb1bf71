package io.pgscim.applier.guard;

import io.pgscim.applier.digest.Sha256;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.RoleChange.DisableLogin;
import io.pgscim.applier.plan.RoleChange.RevokeMembership;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.applier.sql.Literal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a plan takes from one person: the login, or memberships that gave them access. Attributes
 * that nobody may have, and doubtful copies of a membership that stays, are not access.
 */
public record Taking(String userId, List<RoleChange> changes) {
  private static final String LOGIN = "login";

  public Taking {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a taking takes something");
    }
  }

  /** What a plan takes, by user id. */
  public static Map<String, Taking> of(Plan plan) {
    Map<String, List<RoleChange>> byUser = new TreeMap<>();
    for (RoleChange change : plan.changes()) {
      if (takes(change) && change.subject().userId() != null) {
        byUser.computeIfAbsent(change.subject().userId(), u -> new ArrayList<>()).add(change);
      }
    }
    Map<String, Taking> takings = new TreeMap<>();
    byUser.forEach((user, changes) -> takings.put(user, new Taking(user, changes)));
    return takings;
  }

  /** Whether somebody loses access by it. */
  public static boolean takes(RoleChange change) {
    return switch (change) {
      case DisableLogin disable -> true;
      case RevokeMembership revoke -> revoke.endsAccess();
      default -> false;
    };
  }

  /**
   * What is taken, in words that stay the same while it is the same: a role may be renamed
   * meanwhile.
   */
  static String line(RoleChange change) {
    return switch (change) {
      case DisableLogin disable -> LOGIN;
      case RevokeMembership revoke ->
          Identifier.quoted(revoke.access()) + " by " + Identifier.quoted(revoke.grantor());
      default -> throw new IllegalArgumentException("takes nothing: " + change.description());
    };
  }

  /** Each {@link #line}, in order. */
  public SortedSet<String> lines() {
    return changes.stream().map(Taking::line).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Whether exactly this waits for a decision, or was rejected.
   *
   * @param withheld from this person; null when nothing is
   */
  public boolean isDecided(Withheld withheld) {
    return withheld != null
        && withheld.verdict() != Withheld.Verdict.WAITING
        && withheld.lines().equals(lines());
  }

  /**
   * Whether this is something else beside what is withheld, which therefore stays withheld. Whoever
   * loses the login now loses everything.
   *
   * @param withheld from this person; null when nothing is
   */
  boolean adds(Withheld withheld) {
    return withheld != null
        && lines().containsAll(withheld.lines())
        && (withheld.lines().contains(LOGIN) || !lines().contains(LOGIN));
  }

  /** The name of the role that loses something. */
  public String role() {
    return changes.getFirst().role();
  }

  /** The access role that is lost; null when it is the login. */
  public String access() {
    return changes.stream().anyMatch(DisableLogin.class::isInstance)
        ? null
        : changes.getFirst().object();
  }

  /** Digest of what is taken from whom: SHA-256, lower-case hex. */
  public static String digest(Collection<Taking> takings) {
    return Sha256.of(
        takings.stream()
            .sorted(Comparator.comparing(Taking::userId))
            .map(taking -> Literal.quoted(taking.userId()) + " " + String.join(" ", taking.lines()))
            .collect(Collectors.joining("\n")));
  }
}
