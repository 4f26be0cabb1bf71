package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * From the start of a service's process to its first "ready", with the flags of the quickstart and
 * three ways of remembering classes, which take turns; beside a JVM that starts and ends. Then the
 * quickstart itself.
 */
final class Startup implements Bench.Benchmark {
  private static final List<String> SERVICES = List.of("scim-ingest", "role-applier", "audit-sink");
  private static final int ROUNDS = 7;
  private static final int UPS = 3;

  @Override
  public List<Measure> run() throws Exception {
    List<Measure> measures = services();
    System.err.println("startup: quickstart");
    measures.addAll(quickstart());
    return measures;
  }

  static List<Measure> services() throws Exception {
    List<Measure> measures = new ArrayList<>();
    try (Stack stack = Stack.fresh()) {
      stack.settle();
      double bare = bareJvm();
      for (String service : SERVICES) {
        System.err.println("startup: " + service);
        ServiceStart start = ServiceStart.as(stack, service);
        stack.without(service);
        measures.addAll(rounds(service, start, bare));
        stack.start(service);
      }
    }
    return measures;
  }

  private static List<Measure> rounds(String service, ServiceStart start, double bare)
      throws Exception {
    Map<ServiceStart.Classes, Runs> runs = new EnumMap<>(ServiceStart.Classes.class);
    for (ServiceStart.Classes classes : ServiceStart.Classes.values()) {
      if (classes.supported()) {
        runs.put(classes, new Runs());
        start.train(classes);
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<ServiceStart.Classes, Runs> run : runs.entrySet()) {
        run.getValue().add(start.run(run.getKey()));
      }
    }
    List<Measure> measures = new ArrayList<>();
    runs.forEach(
        (classes, each) -> {
          String name = service + ", " + classes.words();
          measures.add(Measure.beside(name + ": ready, median", each.ready.median(), "ms", bare));
          measures.add(
              Measure.of("… processor time until then, median", each.processor.median(), "ms"));
          measures.add(Measure.of("… resident memory then, most", each.residentMegabytes, "MB"));
        });
    return measures;
  }

  /** What some starts came to. */
  private static final class Runs {
    private final Latencies ready = new Latencies();
    private final Latencies processor = new Latencies();
    private double residentMegabytes;

    void add(ServiceStart.Started started) {
      ready.add(started.ready());
      processor.add(started.processor());
      residentMegabytes = Math.max(residentMegabytes, started.residentMegabytes());
    }
  }

  private static double bareJvm() throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    for (int round = 0; round < ROUNDS; round++) {
      latencies.add(Commands.timed(ServiceStart.java().toString(), "-XX:+UseSerialGC", "-version"));
    }
    return latencies.median();
  }

  /** The first time builds what is not built and lets the JVMs remember their classes. */
  private static List<Measure> quickstart() throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("pgscim.root"), "deploy/quickstart").toString();
    Latencies fresh = new Latencies();
    Latencies again = new Latencies();
    for (int round = 0; round <= UPS; round++) {
      String data = Files.createTempDirectory("pgscim-up-").toString();
      Latencies[] kinds = {fresh, again};
      for (Latencies kind : kinds) {
        try {
          var took = Commands.timed(program, "up", "--data", data);
          if (round > 0) {
            kind.add(took);
          }
        } finally {
          Commands.timed(program, "down", "--data", data);
        }
      }
    }
    return List.of(
        Measure.of(
            "deploy/quickstart up, everything built, new data, median", fresh.median(), "ms"),
        Measure.of("deploy/quickstart up, its data there, median", again.median(), "ms"));
  }
}
