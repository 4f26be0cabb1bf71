package io.pgscim.chaos.check;

import io.pgscim.chaos.history.Fact;
import io.pgscim.chaos.history.Happening;
import io.pgscim.chaos.history.Happening.Answered;
import io.pgscim.chaos.history.Happening.Fault;
import io.pgscim.chaos.history.Happening.Outcome;
import io.pgscim.chaos.history.Happening.Seen;
import io.pgscim.chaos.history.Happening.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The shortest history that still shows a violation: what concerns one person, up to the moment at
 * which it showed, from the latest moment on from which it still does. What was sent before that
 * moment is left out only where something acknowledged later makes up for it, so that nothing is
 * made to look wrong by leaving out what had allowed it.
 */
public final class Shortening {
  private final Violation violation;
  private final Rules rules;
  private final Ending ending;
  private final String person;

  private Shortening(Violation violation, Rules rules, Ending ending) {
    this.violation = violation;
    this.rules = rules;
    this.ending = ending;
    this.person = person(violation.about(), ending);
  }

  /** Empty when the violation is about no person: then all of the history is needed. */
  public static List<Happening> of(
      Violation violation, List<Happening> history, Rules rules, Ending ending) {
    var shortening = new Shortening(violation, rules, ending);
    return shortening.person == null ? List.of() : shortening.shorten(history);
  }

  private List<Happening> shorten(List<Happening> history) {
    List<Happening> concerning = concerning(history);
    for (int from = concerning.size(); from > 0; from--) {
      List<Happening> candidate = from(from, concerning);
      if (candidate != null && shows(candidate)) {
        return candidate;
      }
    }
    return concerning;
  }

  private boolean shows(List<Happening> candidate) {
    return Checker.check(candidate, rules, ending).stream()
        .anyMatch(
            found ->
                found.kind() == violation.kind()
                    && found.about().equals(violation.about())
                    && found.at() == violation.at());
  }

  /** Only what the person has to do with, with nobody else named in it. */
  private List<Happening> concerning(List<Happening> history) {
    List<Happening> concerning = new ArrayList<>();
    Set<String> sent = new HashSet<>();
    for (Happening happening : history) {
      if (happening.at() > violation.at()) {
        break;
      }
      switch (happening) {
        case Sent one -> {
          Map<String, Boolean> sets =
              one.sets().entrySet().stream()
                  .filter(set -> concerns(set.getKey()))
                  .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
          if (!sets.isEmpty()) {
            sent.add(one.push() + "/" + one.attempt());
            concerning.add(
                new Sent(one.at(), one.wall(), one.push(), one.attempt(), one.kind(), sets));
          }
        }
        case Answered one -> {
          if (sent.contains(one.push() + "/" + one.attempt())) {
            concerning.add(one);
          }
        }
        case Seen one -> {
          if (one.role().equals(person)) {
            concerning.add(one);
          }
        }
        case Fault one -> concerning.add(one);
      }
    }
    return concerning;
  }

  private boolean concerns(String fact) {
    return Fact.person(fact) == null || person.equals(Fact.person(fact));
  }

  /**
   * The end of a history from there on, with what is acknowledged and not made up for before it;
   * null when somebody may have had access there, which the rest would not explain.
   */
  private List<Happening> from(int index, List<Happening> history) {
    List<Happening> before = history.subList(0, index);
    Beliefs beliefs = Beliefs.after(before);
    Set<String> had = new HashSet<>(rules.access(person, fact -> beliefs.maybe(fact, true)));
    for (Happening happening : before) {
      if (happening instanceof Seen seen) {
        if (seen.appears()) {
          had.add(seen.access());
        } else if (!rules
            .access(person, fact -> beliefs.maybe(fact, true))
            .contains(seen.access())) {
          had.remove(seen.access());
        }
      }
    }
    boolean grant = violation.kind() == Violation.Kind.WRONG_GRANT;
    if (grant && had.contains(violation.about().substring(violation.about().indexOf(' ') + 1))) {
      return null;
    }
    Set<Integer> needed = needed(before, history.subList(index, history.size()));
    List<Happening> candidate = new ArrayList<>();
    for (Happening happening : before) {
      boolean kept =
          switch (happening) {
            case Sent sent -> needed.contains(sent.push());
            case Answered answered -> needed.contains(answered.push());
            case Seen seen -> false;
            case Fault fault -> false;
          };
      if (kept) {
        candidate.add(happening);
      }
    }
    candidate.addAll(history.subList(index, history.size()));
    return candidate;
  }

  /** The pushes that made each fact what it is, and those that are still open. */
  private static Set<Integer> needed(List<Happening> before, List<Happening> after) {
    Map<String, Integer> makers = new HashMap<>();
    Set<Integer> needed = new HashSet<>();
    Map<Integer, Sent> sent = new HashMap<>();
    Set<String> open = new HashSet<>();
    for (Happening happening : before) {
      if (happening instanceof Sent one) {
        sent.put(one.push(), one);
        open.add(one.push() + "/" + one.attempt());
      } else if (happening instanceof Answered one) {
        if (one.outcome() != Outcome.LOST) {
          open.remove(one.push() + "/" + one.attempt());
        }
        if (one.outcome() == Outcome.ACKNOWLEDGED) {
          sent.get(one.push()).sets().keySet().forEach(fact -> makers.put(fact, one.push()));
        }
      }
    }
    needed.addAll(makers.values());
    open.forEach(one -> needed.add(Integer.valueOf(one.substring(0, one.indexOf('/')))));
    for (Happening happening : after) {
      if (happening instanceof Answered one) {
        needed.add(one.push());
      }
    }
    return needed;
  }

  private static String person(String about, Ending ending) {
    for (Map.Entry<String, String> key : ending.keys().entrySet()) {
      String id = key.getValue().substring(key.getValue().indexOf('/') + 1);
      if (key.getValue().startsWith("user/")
          && (about.startsWith(key.getKey() + " ")
              || about.endsWith("/" + key.getKey())
              || about.endsWith("/" + id))) {
        return key.getKey();
      }
    }
    return null;
  }
}
