package io.pgscim.bench;

import static io.pgscim.bench.IdentityProvider.GROUPS;
import static io.pgscim.bench.IdentityProvider.MEMBERSHIPS;
import static io.pgscim.bench.IdentityProvider.USERS;

import io.pgscim.endtoend.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole directory pushed through SCIM for the first time, to the last GRANT: by the stack as
 * everything of it works at the same time; then on another, stage by stage, each with the machine
 * for itself, beside its own limit.
 */
final class InitialSync implements Bench.Benchmark {
  private static final List<String> PARTS =
      List.of("scim-ingest", "kafka", "role-applier", "postgresql", "audit-sink");

  @Override
  public List<Measure> run() throws Exception {
    Path program = PgBench.find();
    Path policy = Policies.groupsThatGiveOneRole(GROUPS);
    Together together = together(policy);
    List<Stage> stages;
    double atWork;
    double lastGrant;
    try (Stack stack = Stack.fresh(policy)) {
      SyncStages apart = new SyncStages(stack, program);
      stages = apart.measure();
      atWork = apart.atWorkInPostgres();
      lastGrant = apart.lastGrant();
    }
    List<Measure> measures = new ArrayList<>();
    measures.add(
        Measure.beside(
            "%,d users, %,d groups, %,d memberships: first request → last GRANT, all stages at once"
                .formatted(USERS, GROUPS, MEMBERSHIPS),
            together.granted(),
            "s",
            stages.stream().filter(Stage::beforeGrant).mapToDouble(Stage::limit).sum()));
    measures.add(Measure.of("… → last request answered", together.answered(), "s"));
    measures.add(Measure.of("… → last event on Kafka", together.published(), "s"));
    measures.add(Measure.of("… → last entry in the log", together.logged(), "s"));
    measures.add(Measure.of("GRANTs per second", MEMBERSHIPS / together.granted(), "1/s"));
    together
        .processor()
        .forEach((part, used) -> measures.add(Measure.of("processor time · " + part, used, "s")));
    double all = stages.stream().mapToDouble(Stage::took).sum();
    for (Stage stage : stages) {
      measures.add(Measure.beside("alone: " + stage.name(), stage.took(), "s", stage.limit()));
      measures.add(Measure.of("… of all stages", 100 * stage.took() / all, "%"));
    }
    measures.add(
        Measure.of("alone: Kafka → roles: last GRANT, since the first batch", lastGrant, "s"));
    measures.add(
        Measure.of(
            "alone: Kafka → roles: sessions of it at work in PostgreSQL meanwhile", atWork, "s"));
    return measures;
  }

  /**
   * A stage that had the machine for itself.
   *
   * @param took in seconds
   * @param limit in seconds
   */
  record Stage(String name, boolean beforeGrant, double took, double limit) {}

  /** Since the first request, in seconds; and what of the processors each part used until then. */
  private record Together(
      double answered,
      double published,
      double granted,
      double logged,
      Map<String, Double> processor) {}

  private static Together together(Path policy) throws Exception {
    try (Stack stack = Stack.fresh(policy);
        IdentityProvider provider = new IdentityProvider(stack);
        Progress progress = new Progress(stack)) {
      stack.settle();
      System.err.println("initial-sync: all stages at once");
      Map<String, Double> before = processor(stack);
      long began = System.nanoTime();
      provider.push();
      double answered = since(began);
      progress.awaitPublished();
      double published = since(began);
      progress.awaitMemberships(MEMBERSHIPS);
      double granted = since(began);
      progress.awaitLogged();
      double logged = since(began);
      Map<String, Double> used = processor(stack);
      used.replaceAll((part, seconds) -> seconds - before.get(part));
      stack.settle();
      System.err.printf(
          "initial-sync: answered after %.1f s, on Kafka %.1f s, granted %.1f s, logged %.1f s%n",
          answered, published, granted, logged);
      return new Together(answered, published, granted, logged, used);
    }
  }

  /** Compilers by themselves: what they do is done once. */
  private static Map<String, Double> processor(Stack stack) {
    Map<String, Double> used = new LinkedHashMap<>();
    for (String part : PARTS) {
      long pid = stack.pid(part);
      double compilers =
          ProcessorTime.ofThreads(pid).entrySet().stream()
              .filter(thread -> thread.getKey().contains("CompilerThre"))
              .mapToDouble(Map.Entry::getValue)
              .sum();
      used.put(part, ProcessorTime.ofTree(pid) - compilers);
      if (!part.equals("postgresql")) {
        used.put(part + ", compilers of the JVM", compilers);
      }
    }
    return used;
  }

  static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
