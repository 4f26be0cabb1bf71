package io.pgscim.chaos.check;

import static io.pgscim.chaos.check.Violation.atTheEnd;

import io.pgscim.chaos.check.Violation.Kind;
import io.pgscim.chaos.history.Happening;
import java.util.ArrayList;
import java.util.List;

/** All promises, held against one run. */
public final class Checker {
  private Checker() {}

  /** What was not kept; empty when everything was. */
  public static List<Violation> check(List<Happening> history, Rules rules, Ending ending) {
    List<Violation> found = new ArrayList<>(GrantCheck.of(history, rules));
    found.addAll(EndCheck.of(history, rules, ending));
    found.addAll(TrailCheck.of(ending));
    if (!ending.verified()) {
      found.add(atTheEnd(Kind.NOT_VERIFIED, "log", "the log does not verify: " + ending.verdict()));
    }
    for (String waiting : ending.waiting()) {
      found.add(atTheEnd(Kind.STUCK, waiting, waiting));
    }
    return found;
  }
}
