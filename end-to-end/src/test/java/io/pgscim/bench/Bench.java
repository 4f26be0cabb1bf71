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
      new TreeMap<>(
          Map.of(
              "append",
              new Append(),
              "apply",
              new Apply(),
              "drift",
              new Drift(),
              "group-patch",
              new GroupPatch(),
              "ingest",
              new Ingest(),
              "push-to-grant",
              new PushToGrant(),
              "revoke",
              new Revoke(),
              "verify",
              new Verify()));

  private static final String USAGE =
      """
      usage: end-to-end/bench NAME, where NAME is all or one of:
        append         the log's appends with tree and index following, beside a plain loop of write and fsync;
                       memory at 10,000, 100,000 and 1,000,000 entries; one person's entries among a million
        apply          10,000 users with 20,000 memberships from Kafka to roles, beside psql with the same SQL;
                       one member more when 10,000 roles exist
        drift          a scan that finds nothing, up to 100,000 people and 1,000,000 memberships, beside psql
        group-patch    one member more or less at 100 and at 100,000 members; that group put and read
        ingest         user creates per second beside pgbench with the same SQL (postgresql-contrib), where the
                       time goes, filters and pages over 100,000 users
        push-to-grant  from the arrival of a push to its GRANT
        revoke         from the arrival of a deactivation to the last of 20 sessions gone and proven
        verify         audit verify over 1,000,000 entries, beside a loop that reads and hashes the same bytes\
      """;

  private Bench() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 1
        || args[0].equals("--help")
        || !(ALL.containsKey(args[0]) || args[0].equals("all"))) {
      System.err.println(USAGE);
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
