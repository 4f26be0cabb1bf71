package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of the processors each part uses while it is measured. */
final class Expenses {
  /** Its event loops, and whatever else of it has no line of its own. */
  private static final String LOOPS = "scim-ingest";

  /** Threads of scim-ingest that have a line of their own; the rest of them serves requests. */
  private static final Map<String, String> THREADS =
      Map.of(
          "ForkJoinPool", "relay",
          "kafka-producer", "relay, Kafka client",
          "C1 CompilerThre", "compiler",
          "C2 CompilerThre", "compiler",
          "VM Thread", "collector",
          "GC Thread", "collector");

  private final Stack stack;
  private final Map<String, Double> used = new LinkedHashMap<>();

  Expenses(Stack stack) {
    this.stack = stack;
  }

  void begin() {
    now().forEach((part, seconds) -> used.merge(part, -seconds, Double::sum));
  }

  void end() {
    now().forEach((part, seconds) -> used.merge(part, seconds, Double::sum));
  }

  private Map<String, Double> now() {
    Map<String, Double> now = new LinkedHashMap<>();
    now.put("client", ProcessorTime.ofTree(ProcessHandle.current().pid()) - ours());
    now.put("PostgreSQL", ProcessorTime.ofTree(stack.pid("postgresql")));
    now.put("Kafka", ProcessorTime.ofTree(stack.pid("kafka")));
    ProcessorTime.ofThreads(stack.pid("scim-ingest"))
        .forEach(
            (thread, seconds) ->
                now.merge(
                    THREADS.entrySet().stream()
                        .filter(known -> thread.startsWith(known.getKey()))
                        .map(known -> "scim-ingest, " + known.getValue())
                        .findFirst()
                        .orElse(LOOPS),
                    seconds,
                    Double::sum));
    return now;
  }

  /** The parts are processes that descend from this one. */
  private static double ours() {
    return ProcessHandle.current()
        .children()
        .mapToDouble(child -> ProcessorTime.ofTree(child.pid()))
        .sum();
  }

  /**
   * A line per part and, for the event loops of scim-ingest, per stage.
   *
   * @param stages the share of each stage
   */
  List<Measure> perAnswer(long answers, Map<String, Double> stages) {
    List<Measure> lines = new ArrayList<>();
    used.forEach(
        (part, seconds) -> {
          double each = seconds * 1e6 / answers;
          if (part.equals(LOOPS)) {
            stages.forEach(
                (stage, share) -> lines.add(line("scim-ingest, " + stage, each * share)));
          } else {
            lines.add(line(part, each));
          }
        });
    lines.sort((a, b) -> Double.compare(b.value(), a.value()));
    lines.add(line("all of it", used.values().stream().mapToDouble(s -> s * 1e6 / answers).sum()));
    return lines;
  }

  private static Measure line(String what, double micros) {
    return Measure.of("processor time per create · " + what, micros, "µs");
  }
}
