package io.pgscim.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each patch that breaks a promise still fits the sources, so that {@code end-to-end/chaos --broken
 * all} can show that it is noticed.
 */
class BrokenBuildsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static List<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("end-to-end/broken"))) {
      return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("patches")
  void thePatchApplies(Path patch) throws Exception {
    Process git =
        new ProcessBuilder("git", "apply", "--check", "--verbose", patch.toString())
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String says = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(git.waitFor()).as(says).isZero();
    // Of a file that it does not find where it stands, git says nothing and does nothing.
    assertThat(says).contains("Checking patch").doesNotContain("Skipped");
  }
}
