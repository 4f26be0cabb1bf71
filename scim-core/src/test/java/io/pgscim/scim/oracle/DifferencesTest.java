package io.pgscim.scim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/differences.md} says what the oracle tests know; {@code -Dpgscim.docs=write} writes
 * it.
 */
class DifferencesTest {
  private static final Path DOCUMENT = Path.of("../docs/differences.md");

  @Test
  void theDocumentListsEveryKnownDifference() throws IOException {
    String document = document();
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.writeString(DOCUMENT, document);
    }

    assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Where other implementations differ

            `FilterOracleTest` and `PatchOracleTest` in `scim-core` ask two libraries by others the same random questions that the
            RFC's grammar allows: whether a filter is accepted and holds about a resource, and what a PATCH makes of one. What is
            listed here is every way in which the answers differ, and why; anything else fails the test with its seed. Written by
            `DifferencesTest` from the rules that the tests use.
            """);
    for (Oracle oracle : Oracle.values()) {
      text.append("\n## ").append(oracle.title).append("\n\n### Filters\n\n");
      text.append("| Asked, for example | What differs |\n|---|---|\n");
      for (FilterDifference difference : FilterDifference.values()) {
        if (difference.oracle == oracle) {
          row(text, difference.example, difference.explanation);
        }
      }
      text.append("\n### PATCH\n\n| Asked, for example | What differs |\n|---|---|\n");
      for (PatchDifference difference : PatchDifference.values()) {
        if (difference.oracle == oracle) {
          row(text, difference.example, difference.explanation);
        }
      }
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String example, String explanation) {
    text.append("| `").append(example).append("` | ").append(explanation).append(" |\n");
  }
}
