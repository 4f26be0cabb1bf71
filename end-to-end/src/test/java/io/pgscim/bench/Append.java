package io.pgscim.bench;

import io.pgscim.local.supervise.JvmOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The log's append path, with tree and index following, beside a loop that writes and syncs the
 * same bytes in the same batches. Runs in a process as small as the service, with both compilers;
 * its memory is measured.
 */
final class Append implements Bench.Benchmark {
  private static final List<Integer> BATCHES = List.of(1, 10, 100, 2000);
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

  @Override
  public List<Measure> run() throws Exception {
    Path root = Path.of(System.getProperty("pgscim.root", ".."));
    Path folder = Files.createTempDirectory(root.resolve("end-to-end/target"), "append");
    try {
      return measures(measure(root.resolve("audit-sink/target"), folder.resolve("run")));
    } finally {
      remove(folder);
    }
  }

  private static Map<String, Double> measure(Path sink, Path folder) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmOptions.lasting(256));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-cp",
            sink.resolve("test-classes") + ":" + jars(sink.resolve("quarkus-app")),
            "io.pgscim.audit.append.AppendRun",
            folder.toString()));
    SIZES.forEach(size -> command.add(size.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(sink.resolve("append.log").toFile()).start();
    Map<String, Double> measured = new HashMap<>();
    for (String line :
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList()) {
      String[] parts = line.split("\t");
      if (parts.length == 2) {
        measured.put(parts[0], Double.valueOf(parts[1]));
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the measured process failed after " + measured.keySet());
    }
    return measured;
  }

  private static String jars(Path app) {
    return app.resolve("app")
        + "/*:"
        + app.resolve("lib/main")
        + "/*:"
        + app.resolve("lib/boot")
        + "/*";
  }

  private static List<Measure> measures(Map<String, Double> measured) {
    List<Measure> measures = new ArrayList<>();
    for (int batch : BATCHES) {
      measures.add(
          Measure.beside(
              "appends in batches of %,d, beside write and fsync alone".formatted(batch),
              measured.get("append in " + batch),
              "/s",
              measured.get("plain in " + batch)));
    }
    for (int size : SIZES) {
      measures.add(
          Measure.beside(
              "appends in batches of 2,000, up to %,d entries".formatted(size),
              measured.get("append " + size),
              "/s",
              measured.get("plain " + size)));
      measures.add(
          Measure.beside(
              "… and in the index",
              measured.get("indexed " + size),
              "/s",
              measured.get("plain " + size)));
      measures.add(
          Measure.beside(
              "… and signed", measured.get("signed " + size), "/s", measured.get("plain " + size)));
    }
    for (int size : SIZES) {
      measures.add(
          Measure.of("heap in use at %,d".formatted(size), measured.get("heap " + size), "MB"));
      measures.add(
          Measure.of("resident memory at %,d".formatted(size), measured.get("rss " + size), "MB"));
    }
    measures.add(
        Measure.of(
            "one person's entries at 1,000,000, read, median",
            measured.get("lookup median"),
            "ms"));
    measures.add(
        Measure.of(
            "one person's entries at 1,000,000, read, p99", measured.get("lookup p99"), "ms"));
    measures.add(Measure.of("the index made anew, entries", measured.get("rebuild"), "/s"));
    return measures;
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
