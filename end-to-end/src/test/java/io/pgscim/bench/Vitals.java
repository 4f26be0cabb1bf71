package io.pgscim.bench;

import io.pgscim.bench.Trend.Sample;
import io.pgscim.endtoend.Cluster;
import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What may grow in a stack that runs for long, sampled by and by. */
final class Vitals {
  private static final List<String> SERVICES = List.of("scim-ingest", "role-applier", "audit-sink");

  /** A generation of the serial collector; the lines about metaspace have no total. */
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private static final String SESSIONS =
      """
      SELECT count(*) FROM pg_stat_activity WHERE usename IN ('scim_ingest', 'pgscim_applier')
      """;

  /**
   * What is sampled.
   *
   * @param noise what is no growth in any case
   */
  record Series(String name, String unit, double noise) {}

  private final Stack stack;
  private final long began = System.nanoTime();
  private final Map<Series, List<Sample>> samples = new LinkedHashMap<>();

  Vitals(Stack stack) {
    this.stack = stack;
  }

  Map<Series, List<Sample>> samples() {
    return samples;
  }

  /** What costs the services nothing to be asked. */
  void sample() throws IOException {
    for (String service : SERVICES) {
      long pid = stack.pid(service);
      add(service + " · threads", "", 3, threads(pid));
      add(service + " · file handles", "", 10, handles(pid));
      add(service + " · resident memory", "MB", 16, Memory.resident(pid));
    }
    Cluster cluster = stack.cluster();
    add("sessions of the services in PostgreSQL", "", 3, number(cluster, SESSIONS));
    add(
        "outbox of the directory",
        "rows",
        100,
        number(cluster.in("directory"), "SELECT count(*) FROM scim.outbox"));
    add(
        "outbox of the cluster",
        "rows",
        100,
        number(cluster.in("pgscim"), "SELECT count(*) FROM pgscim.outbox"));
    add(
        "records that role-applier has not applied",
        "",
        100,
        Math.max(
            0,
            -number(
                    cluster.in("pgscim"),
                    "SELECT sum(next_offset) FROM pgscim.ledger_position WHERE topic ="
                        + " 'identity-events'")
                + stack.topics().written("identity-events")));
    long log = stack.log().size();
    long events =
        Stream.of("identity-events", "role-changes", "security-events")
            .mapToLong(stack.topics()::written)
            .sum();
    add("records that are not in the log", "", 200, Math.max(0, events - log));
  }

  /**
   * What lives in the heaps, after a collection of everything: costs a pause of some 50 ms each.
   */
  void sampleHeaps() throws IOException, InterruptedException {
    for (String service : SERVICES) {
      long pid = stack.pid(service);
      Jcmd.ask(pid, "GC.run");
      Matcher used = USED.matcher(Jcmd.ask(pid, "GC.heap_info"));
      double kilobytes = used.results().mapToLong(each -> Long.parseLong(each.group(1))).sum();
      add(service + " · heap after a collection", "MB", 4, kilobytes / 1_024);
    }
  }

  private void add(String name, String unit, double noise, double value) {
    samples
        .computeIfAbsent(new Series(name, unit, noise), any -> new ArrayList<>())
        .add(new Sample((System.nanoTime() - began) / 1e9, value));
  }

  private static double threads(long pid) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return tasks.count();
    }
  }

  private static double handles(long pid) throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return handles.count();
    }
  }

  private static double number(Cluster database, String sql) {
    return Double.parseDouble(database.list(sql).getFirst());
  }
}
