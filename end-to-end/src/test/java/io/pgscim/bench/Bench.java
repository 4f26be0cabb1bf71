package io.pgscim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code end-to-end/bench NAME}: runs one benchmark, prints its table and writes {@code
 * target/bench/NAME.json}.
 */
public final class Bench {

  /** A benchmark: what it measured, line by line. */
  interface Benchmark {
    List<Measure> run() throws Exception;
  }

  /**
   * What can be asked for.
   *
   * @param about what it measures, as the end of a sentence
   */
  private record Named(String name, String about, Benchmark benchmark) {}

  private static final List<Named> ALL =
      List.of(
          new Named(
              "append",
              "the log's appends with tree and index following, beside a plain loop of write and"
                  + " fsync; memory at 10,000, 100,000 and 1,000,000 entries; one person's entries"
                  + " among a million",
              new Append()),
          new Named(
              "apply",
              "10,000 users with 20,000 memberships from Kafka to roles, beside psql with CREATE ROLE"
                  + " and GRANT; one member more when 10,000 roles exist",
              new Apply()),
          new Named(
              "drift",
              "a scan that finds nothing, up to 100,000 people and 1,000,000 memberships, beside"
                  + " psql",
              new Drift()),
          new Named(
              "group-patch",
              "one member more or less at 100 and at 100,000 members; that group put and read",
              new GroupPatch()),
          new Named(
              "ingest",
              "user creates per second beside pgbench with the same SQL (postgresql-contrib), where"
                  + " the time goes, filters and pages over 100,000 users",
              new Ingest()),
          new Named(
              "initial-sync",
              "20,000 users, 200 groups and 60,000 memberships through SCIM to the last GRANT; then"
                  + " each stage alone, beside its limit",
              new InitialSync()),
          new Named("push-to-grant", "from the arrival of a push to its GRANT", new PushToGrant()),
          new Named(
              "revoke",
              "from the arrival of a deactivation to the last of 20 sessions gone and proven",
              new Revoke()),
          new Named(
              "startup",
              "each service from its process to ready, by where its JVM has its classes from;"
                  + " deploy/quickstart up",
              new Startup()),
          new Named(
              "verify",
              "audit verify over 1,000,000 entries, beside a loop that reads and hashes the same"
                  + " bytes",
              new Verify()));

  private static final String SOAK = "soak";
  private static final String SOAKS =
      "pushes at a steady rate for a long time, and whether anything grows that should not";

  private static final Path ROOT = Path.of(System.getProperty("pgscim.root", "."));
  private static final Path MEASURED = Path.of(System.getProperty("pgscim.bench", "target/bench"));

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    List<String> asked = List.of(arguments);
    if (!asked.isEmpty() && asked.getFirst().equals(SOAK)) {
      measure(new Named(SOAK, SOAKS, soak(asked)), Machine.here());
    } else if (asked.equals(List.of("report")) || asked.equals(List.of("record"))) {
      page(asked.contains("record"));
    } else {
      run(asked);
    }
    System.exit(0);
  }

  private static void run(List<String> asked) throws Exception {
    List<Named> chosen = new ArrayList<>();
    for (String argument : asked) {
      ALL.stream()
          .filter(named -> argument.equals("all") || argument.equals(named.name()))
          .forEach(chosen::add);
    }
    if (chosen.isEmpty() || chosen.size() < asked.size()) {
      System.err.println(usage());
      System.exit(asked.equals(List.of("--help")) ? 0 : 2);
    }
    Machine machine = Machine.here();
    for (Named named : chosen) {
      measure(named, machine);
    }
  }

  private static void measure(Named named, Machine machine) throws Exception {
    double load = Machine.load();
    List<Measure> measures = named.benchmark().run();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Report report = new Report(named.name(), now, load, machine, measures);
    report.print();
    System.out.println("  written to " + report.write(MEASURED));
  }

  /** The one benchmark that asks how long. */
  private static Soak soak(List<String> asked) {
    int minutes = 60;
    int rate = 30;
    try {
      for (int i = 1; i < asked.size(); i += 2) {
        int value = Integer.parseInt(asked.get(i + 1));
        switch (asked.get(i)) {
          case "--minutes" -> minutes = value;
          case "--rate" -> rate = value;
          default -> throw new IllegalArgumentException("unknown: " + asked.get(i));
        }
      }
      return new Soak(minutes, rate);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      System.err.println(e.getMessage() + "\n" + usage());
      System.exit(2);
      throw e;
    }
  }

  private static void page(boolean record) throws IOException {
    if (record) {
      PerformancePage.keep(MEASURED, ROOT);
    }
    Files.writeString(PerformancePage.file(ROOT), PerformancePage.of(ROOT, about()));
    System.out.println("  written to " + PerformancePage.file(ROOT));
  }

  /** What each benchmark measures, by its name. */
  static Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    ALL.forEach(named -> about.put(named.name(), named.about()));
    about.put(SOAK, SOAKS);
    return about;
  }

  private static String usage() {
    return """
    usage: end-to-end/bench NAME..., where NAME is all or one of:
    %s\
      soak           [--minutes 60] [--rate 30] %s
    and, over what was measured:
      record         keeps it in docs/performance/ and writes docs/performance.md
      report         writes docs/performance.md from what is kept
    """
        .formatted(
            ALL.stream()
                .map(named -> "  %-14s %s%n".formatted(named.name(), named.about()))
                .collect(Collectors.joining()),
            SOAKS);
  }
}
