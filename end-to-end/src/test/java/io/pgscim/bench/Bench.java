package io.pgscim.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code end-to-end/bench NAME}: runs one benchmark, prints its table and writes {@code
 * target/bench/NAME.json}.
 */
public final class Bench {

  /** A benchmark: what it measured, line by line. */
  interface Benchmark {
    List<Measure> run() throws Exception;
  }

  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(Map.of("push-to-grant", new PushToGrant()));

  private Bench() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 1
        || args[0].equals("--help")
        || !(ALL.containsKey(args[0]) || args[0].equals("all"))) {
      System.err.println(
          "usage: end-to-end/bench NAME, where NAME is all or one of: "
              + String.join(", ", ALL.keySet()));
      System.exit(args.length == 1 && args[0].equals("--help") ? 0 : 2);
    }
    List<String> names = args[0].equals("all") ? List.copyOf(ALL.keySet()) : List.of(args[0]);
    for (String name : names) {
      Report report = Report.here(name, ALL.get(name).run());
      report.print();
      System.out.println(
          "  written to "
              + report.write(Path.of(System.getProperty("pgscim.bench", "target/bench"))));
    }
    System.exit(0);
  }
}
