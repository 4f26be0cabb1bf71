package io.pgscim.chaos.check;

import io.pgscim.chaos.check.Violation.Kind;
import io.pgscim.chaos.history.Fact;
import io.pgscim.chaos.history.Happening;
import io.pgscim.chaos.history.Happening.Answered;
import io.pgscim.chaos.history.Happening.Fault;
import io.pgscim.chaos.history.Happening.Seen;
import io.pgscim.chaos.history.Happening.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nobody has at any sampled moment what was not given: access that is seen to appear was given by
 * attempts that had left before, all of what it takes at one time, and it appears no more often
 * than that came about. What was taken does not come back by itself.
 */
final class GrantCheck {
  private final Rules rules;
  private final Beliefs beliefs = new Beliefs();
  private final Set<String> people = new HashSet<>();
  private final Map<String, Integer> given = new HashMap<>();
  private final Map<String, Integer> appeared = new HashMap<>();
  private final List<Violation> found = new ArrayList<>();

  private GrantCheck(Rules rules) {
    this.rules = rules;
  }

  static List<Violation> of(List<Happening> history, Rules rules) {
    var check = new GrantCheck(rules);
    history.forEach(check::take);
    return check.found;
  }

  private void take(Happening happening) {
    switch (happening) {
      case Sent sent -> sent(sent);
      case Answered answered -> beliefs.answered(answered);
      case Seen seen -> seen(seen);
      case Fault fault -> {}
    }
  }

  /** What may be had with this attempt and was not had for sure before it is given once more. */
  private void sent(Sent sent) {
    Set<String> named =
        sent.sets().keySet().stream()
            .map(Fact::person)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    people.addAll(named);
    boolean concernsAll = sent.sets().keySet().stream().anyMatch(fact -> Fact.person(fact) == null);
    Map<String, Set<String>> had = new HashMap<>();
    Set<String> concerned = concernsAll ? people : named;
    for (String person : concerned) {
      had.put(person, rules.access(person, beliefs::surely));
    }
    beliefs.sent(sent);
    for (String person : concerned) {
      for (String access : rules.access(person, fact -> beliefs.maybe(fact, true))) {
        if (!had.get(person).contains(access)) {
          given.merge(person + " " + access, 1, Integer::sum);
        }
      }
    }
  }

  private void seen(Seen seen) {
    if (!seen.appears()) {
      return;
    }
    String what = seen.role() + " " + seen.access();
    int times = appeared.merge(what, 1, Integer::sum);
    int allowed = given.getOrDefault(what, 0);
    if (times > allowed) {
      found.add(
          new Violation(
              Kind.WRONG_GRANT,
              what,
              seen.at(),
              allowed == 0
                  ? what + " was seen, and nothing that was sent had given it"
                  : what
                      + " was seen to appear %d times, and was given %d times"
                          .formatted(times, allowed)));
    }
  }
}
