package io.pgscim.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A finished benchmark: printed as a table, written as {@code NAME.json}.
 *
 * @param machine what it ran on, in words
 */
record Report(String name, String machine, List<Measure> measures) {

  static Report here(String name, List<Measure> measures) {
    return new Report(name, thisMachine(), measures);
  }

  void print() {
    System.out.printf("%n%s, on %s%n%n", name, machine);
    System.out.printf("  %-66s %10s %-6s %10s %7s%n", "", "measured", "", "limit", "ratio");
    for (Measure measure : measures) {
      System.out.printf(
          "  %-66s %10.2f %-6s %10s %7s%n",
          measure.name(),
          measure.value(),
          measure.unit(),
          measure.beside() == null ? "" : "%.2f".formatted(measure.beside()),
          measure.ratio() == null ? "" : "%.2f".formatted(measure.ratio()));
    }
    System.out.println();
  }

  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + ".json");
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    return file;
  }

  private static String thisMachine() {
    return "%s, %d cores, %d MB, %s %s, Java %s"
        .formatted(
            cpu(),
            Runtime.getRuntime().availableProcessors(),
            ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                    .getTotalMemorySize()
                >> 20,
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown CPU");
    } catch (IOException e) {
      return "unknown CPU";
    }
  }
}
