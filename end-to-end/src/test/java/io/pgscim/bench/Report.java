package io.pgscim.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A finished benchmark: printed as a table, written as {@code NAME.json}.
 *
 * @param recorded when it ended, RFC 3339
 * @param loadBefore how many wanted a processor when it began: what is not idle measures others too
 */
record Report(
    String name, String recorded, double loadBefore, Machine machine, List<Measure> measures) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  Report {
    measures = List.copyOf(measures);
  }

  void print() {
    System.out.printf("%n%s, on %s; load before: %.1f%n%n", name, machine, loadBefore);
    System.out.printf("  %-80s %10s %-6s %10s %7s%n", "", "measured", "", "limit", "ratio");
    for (Measure measure : measures) {
      System.out.printf(
          Locale.ROOT,
          "  %-80s %10.2f %-6s %10s %7s%n",
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
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    return file;
  }

  static Report read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Report.class);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
