package io.pgscim.chaos;

import io.pgscim.chaos.check.Ending;
import io.pgscim.chaos.check.Shortening;
import io.pgscim.chaos.check.Violation;
import io.pgscim.chaos.check.Violation.Kind;
import io.pgscim.chaos.history.Happening;
import io.pgscim.chaos.history.Happening.Answered;
import io.pgscim.chaos.history.Happening.Outcome;
import io.pgscim.chaos.history.Happening.Seen;
import io.pgscim.chaos.history.Happening.Sent;
import io.pgscim.chaos.history.History;
import io.pgscim.chaos.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What came of a run, for people. */
record Report(
    Options options,
    List<Happening> history,
    Ending ending,
    List<Violation> violations,
    Map<String, Integer> faults,
    long looks,
    Duration converged) {

  private static final int MOST_SHORTENED = 3;
  private static final int MOST_PRINTED = 20;

  boolean kept() {
    return violations.isEmpty();
  }

  void print(Path folder) throws IOException {
    row("pushes", "%d in %d attempts", pushes(), count(Sent.class, sent -> true));
    row(
        "answers",
        "%d acknowledged, %d lost",
        count(Answered.class, answered -> answered.outcome() == Outcome.ACKNOWLEDGED),
        count(Answered.class, answered -> answered.outcome() == Outcome.LOST));
    row("events", "%d records, %d entries in the log", ending.topics().size(), ending.log().size());
    row(
        "looks",
        "%d at PostgreSQL, access appeared %d times",
        looks,
        count(Seen.class, Seen::appears));
    row("faults", "%d: %s", faults.values().stream().mapToInt(n -> n).sum(), faults);
    for (Kind kind : Kind.values()) {
      row(
          kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          "%d",
          violations.stream().filter(violation -> violation.kind() == kind).count());
    }
    row("at rest", "%.1f s after the last fault", converged.toMillis() / 1e3);
    row("log", "%s", ending.verdict());
    row("verdict", kept() ? "every promise was kept" : "NOT KEPT, see --seed %d", options.seed());
    if (!kept()) {
      explain(folder.resolve("violations.txt"));
    }
  }

  private void explain(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Violation violation : violations) {
      lines.add(violation.kind() + ": " + violation.says());
    }
    violations.stream()
        .limit(MOST_SHORTENED)
        .forEach(
            violation -> {
              lines.add("");
              lines.add("the shortest history of: " + violation.says());
              Shortening.of(violation, history, Traffic.rules(), ending)
                  .forEach(happening -> lines.add("  " + History.line(happening)));
            });
    Files.write(file, lines);
    lines.stream().limit(MOST_PRINTED).forEach(System.out::println);
    int shortened = lines.indexOf("");
    lines.stream()
        .skip(Math.max(MOST_PRINTED, shortened))
        .limit(3L * MOST_PRINTED)
        .forEach(System.out::println);
    System.out.println("chaos: all of it in " + file);
  }

  private long pushes() {
    return history.stream()
        .filter(happening -> happening instanceof Sent sent && sent.attempt() == 0)
        .count();
  }

  private <T extends Happening> long count(Class<T> type, Predicate<T> which) {
    return history.stream().filter(type::isInstance).map(type::cast).filter(which).count();
  }

  private static void row(String what, String format, Object... values) {
    System.out.printf("  %-14s%s%n", what, format.formatted(values));
  }
}
