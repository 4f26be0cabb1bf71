package io.pgscim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/performance.md}: what the recorded runs in {@code docs/performance/} say, and nothing
 * else.
 */
final class PerformancePage {
  private static final String HEAD =
      """
      # Performance

      <!-- Written by `end-to-end/bench report` from the files in performance/: do not edit. -->

      Each benchmark starts the real services with the flags of the quickstart, measures, and in the same run measures its
      limit: what PostgreSQL's own tools, a bare Kafka client or a plain file need on this machine for the same rows and
      bytes. A ratio is measured / limit. Latencies count from when a request was due, whether or not the service was busy.

      ```sh
      end-to-end/bench all        # measures everything but the soak
      end-to-end/bench soak --minutes 60
      end-to-end/bench record     # keeps what was measured, and writes this page
      ```
      """;

  private PerformancePage() {}

  static Path file(Path root) {
    return root.resolve("docs/performance.md");
  }

  private static Path folder(Path root) {
    return root.resolve("docs/performance");
  }

  /** Keeps the reports of a folder in the repository. */
  static void keep(Path measured, Path root) throws IOException {
    Files.createDirectories(folder(root));
    for (Path report : jsonIn(measured)) {
      Files.copy(
          report,
          folder(root).resolve(report.getFileName().toString()),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * The page as it has to be.
   *
   * @param about what each benchmark does, by its name
   */
  static String of(Path root, Map<String, String> about) throws IOException {
    return HEAD
        + jsonIn(folder(root)).stream()
            .map(Report::read)
            .map(report -> section(report, about.get(report.name())))
            .collect(Collectors.joining());
  }

  private static String section(Report report, String about) {
    if (about == null) {
      throw new IllegalStateException("there is no benchmark of the name " + report.name());
    }
    return report.measures().stream()
        .map(PerformancePage::line)
        .collect(
            Collectors.joining(
                "",
                """

                ## %s

                %s%s.

                On %s; %s, load before: %.1f.

                | | measured | limit | ratio |
                |---|---:|---:|---:|
                """
                    .formatted(
                        report.name(),
                        about.substring(0, 1).toUpperCase(Locale.ROOT),
                        about.substring(1),
                        report.machine(),
                        report.recorded(),
                        report.loadBefore()),
                ""));
  }

  private static String line(Measure measure) {
    boolean limited = measure.beside() != null;
    return "| %s | %s | %s | %s |%n"
        .formatted(
            measure.name(),
            number(measure.value()) + (measure.unit().isEmpty() ? "" : " " + measure.unit()),
            limited ? number(measure.beside()) : "",
            limited ? String.format(Locale.ROOT, "%.2f", measure.ratio()) : "");
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }

  private static List<Path> jsonIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
