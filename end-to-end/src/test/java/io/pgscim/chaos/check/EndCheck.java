package io.pgscim.chaos.check;

import static io.pgscim.chaos.check.Violation.atTheEnd;

import io.pgscim.chaos.check.Ending.Told;
import io.pgscim.chaos.check.Violation.Kind;
import io.pgscim.chaos.history.Fact;
import io.pgscim.chaos.history.Happening;
import io.pgscim.chaos.history.Happening.Answered;
import io.pgscim.chaos.history.Happening.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every acknowledged push is in the directory, what is in the directory is on the topic, that in
 * the ledger, and that, by the policy, in the roles.
 */
final class EndCheck {
  private final List<Happening> history;
  private final Rules rules;
  private final Ending ending;
  private final Map<String, Told> latest = new TreeMap<>();
  private final Set<String> told = new HashSet<>();
  private final List<Violation> found = new ArrayList<>();

  private EndCheck(List<Happening> history, Rules rules, Ending ending) {
    this.history = history;
    this.rules = rules;
    this.ending = ending;
    for (Told one : ending.topics()) {
      if (one.version() > 0) {
        latest.merge(one.key(), one, (a, b) -> b.version() > a.version() ? b : a);
        told.add(resource(one.key()) + "@" + one.version());
      }
    }
  }

  static List<Violation> of(List<Happening> history, Rules rules, Ending ending) {
    var check = new EndCheck(history, rules, ending);
    check.acknowledgedIsInTheDirectory();
    check.acknowledgedWasTold();
    check.directoryIsOnTheTopic();
    check.topicIsInTheLedger();
    check.ledgerIsInTheRoles();
    return check.found;
  }

  /** A membership is told under the version of its group. */
  private static String resource(String key) {
    return key.startsWith("member/") ? "group/" + key.split("/")[1] : key;
  }

  private void acknowledgedIsInTheDirectory() {
    Beliefs beliefs = Beliefs.after(history);
    for (String fact : beliefs.facts()) {
      boolean isSo = ending.directory().contains(fact);
      if (!beliefs.maybe(fact, isSo)) {
        lost(
            fact,
            "%s was acknowledged as %s, and the directory says %s".formatted(fact, !isSo, isSo));
      }
    }
  }

  private void acknowledgedWasTold() {
    for (Happening happening : history) {
      if (happening instanceof Answered answered) {
        if (answered.outcome() == Outcome.REFUSED) {
          found.add(
              new Violation(
                  Kind.REFUSED,
                  "push " + answered.push(),
                  answered.at(),
                  "push %d was refused with %d".formatted(answered.push(), answered.status())));
        }
        if (answered.version() > 0 && !told.contains(answered.key() + "@" + answered.version())) {
          lost(
              answered.key(),
              "push %d was acknowledged as version %d of %s, and no event of it was ever published"
                  .formatted(answered.push(), answered.version(), answered.key()));
        }
      }
    }
  }

  private void directoryIsOnTheTopic() {
    for (String person : people()) {
      same(Fact.active(person), key(person), ending.directory().contains(Fact.active(person)));
      for (String group : groups()) {
        same(
            Fact.member(group, person),
            "member/" + id(group) + "/" + id(person),
            rules.isIn(group, person, ending.directory()::contains));
      }
    }
  }

  private void same(String fact, String key, boolean directory) {
    Told state = latest.get(key);
    if (directory != (state != null && state.holds())) {
      lost(
          fact,
          "the directory says %s of %s, and the last state of %s on the topic says %s"
              .formatted(directory, fact, key, state == null ? "nothing" : state.holds()));
    }
  }

  private void topicIsInTheLedger() {
    latest.forEach(
        (key, state) -> {
          long version = ending.ledger().getOrDefault(key, 0L);
          if (version != state.version()) {
            lost(
                key,
                "the topic has version %d of %s, and the ledger %d"
                    .formatted(state.version(), key, version));
          }
        });
    for (String key : ending.ledger().keySet()) {
      if (!latest.containsKey(key)) {
        found.add(
            atTheEnd(Kind.DOUBLED, key, "the ledger holds " + key + ", which was never told"));
      }
    }
  }

  private void ledgerIsInTheRoles() {
    Set<String> wanted = new HashSet<>();
    for (String person : people()) {
      rules
          .access(person, ending.directory()::contains)
          .forEach(access -> wanted.add(person + " " + access));
    }
    for (String access : wanted) {
      if (!ending.access().contains(access)) {
        lost(access, access + " is given by directory and policy, and PostgreSQL has it not");
      }
    }
    for (String access : ending.access()) {
      if (!wanted.contains(access)) {
        found.add(
            atTheEnd(
                Kind.WRONG_GRANT,
                access,
                access + " is still there, and directory and policy do not give it"));
      }
    }
  }

  private void lost(String about, String says) {
    found.add(atTheEnd(Kind.LOST, about, says));
  }

  private List<String> people() {
    return named("user/");
  }

  private List<String> groups() {
    return named("group/");
  }

  private List<String> named(String kind) {
    return ending.keys().entrySet().stream()
        .filter(entry -> entry.getValue().startsWith(kind))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private String key(String name) {
    return ending.keys().get(name);
  }

  private String id(String name) {
    return key(name).substring(key(name).indexOf('/') + 1);
  }
}
