package io.pgscim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
  private static final Path ROOT = Path.of(System.getProperty("pgscim.root", ".."));

  @Test
  void pageIsWhatTheRecordedRunsSay() throws IOException {
    assertThat(Files.readString(PerformancePage.file(ROOT)))
        .as("docs/performance.md: run end-to-end/bench report")
        .isEqualTo(PerformancePage.of(ROOT, Bench.about()));
  }

  @Test
  void writesMeasuresBesideTheirLimits(@TempDir Path folder) throws IOException {
    var machine = new Machine("Z80", 1, 64, 12.5, "CP/M 2.2", "none", "18.3");
    new Report(
            "apply",
            "2026-01-01T00:00:00Z",
            0.5,
            machine,
            List.of(Measure.beside("roles", 3_000, "ms", 1_500), Measure.of("p99", 1.234, "ms")))
        .write(folder.resolve("measured"));

    PerformancePage.keep(folder.resolve("measured"), folder);

    assertThat(PerformancePage.of(folder, Map.of("apply", "people to roles")))
        .contains("## apply", "People to roles.", "Z80, 1 cores, 64 MB, fsync 12.50 ms")
        .contains("2026-01-01T00:00:00Z, load before: 0.5")
        .contains("| roles | 3,000 ms | 1,500 | 2.00 |\n| p99 | 1.23 ms |  |  |\n");
  }
}
