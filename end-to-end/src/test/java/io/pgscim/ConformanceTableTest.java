package io.pgscim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/conformance.md} lists the clauses that tests name in their {@code @DisplayName}, as
 * {@code RFC 7644 §3.3: what it wants}. Run with {@code -Dpgscim.docs=write} after a change.
 */
class ConformanceTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Path TABLE = ROOT.resolve("docs/conformance.md");
  private static final String BEGIN = "<!-- from here on generated -->\n";

  private static final Pattern CLAUSE =
      Pattern.compile(
          "@DisplayName\\(\\s*\"RFC (\\d+) (§[^:\"]+): ([^\"]+)\"\\s*\\)(?:(?!@DisplayName).)*?\\bvoid (\\w+)\\(",
          Pattern.DOTALL);

  private record Clause(int rfc, String sections, String wants, String test, Path file) {

    /** Sections in the order of the document: §3.10 stands behind §3.9. */
    String place() {
      Matcher number = Pattern.compile("\\d+").matcher(sections.split(",")[0]);
      StringBuilder place = new StringBuilder();
      while (number.find()) {
        place.append("%03d.".formatted(Integer.parseInt(number.group())));
      }
      return place.toString();
    }
  }

  @Test
  void theTableListsTheClausesThatHaveATest() throws IOException {
    String page = Files.readString(TABLE);
    String wanted = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table();
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.writeString(TABLE, wanted);
    }

    assertThat(Files.readString(TABLE))
        .as(
            "docs/conformance.md is out of date: ./mvnw test -pl end-to-end -am"
                + " -Dtest=ConformanceTableTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dpgscim.docs=write")
        .isEqualTo(wanted);
  }

  private static String table() throws IOException {
    var byRfc =
        clauses().stream()
            .collect(Collectors.groupingBy(Clause::rfc, TreeMap::new, Collectors.toList()));
    assertThat(byRfc).containsKeys(7643, 7644);
    var table = new StringBuilder();
    byRfc.forEach((rfc, clauses) -> append(table, rfc, clauses));
    return table.toString();
  }

  private static void append(StringBuilder table, int rfc, List<Clause> clauses) {
    table.append(
        "%n## RFC %d%n%n| section | what it wants | test |%n|---|---|---|%n".formatted(rfc));
    clauses.stream()
        .sorted(Comparator.comparing(Clause::place).thenComparing(Clause::wants))
        .forEach(
            clause ->
                table.append(
                    "| %s | %s | [%s](../%s) |%n"
                        .formatted(
                            clause.sections(),
                            clause.wants(),
                            clause.test(),
                            ROOT.relativize(clause.file()).toString().replace('\\', '/'))));
  }

  private static List<Clause> clauses() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(ConformanceTableTest::in)
          .toList();
    }
  }

  private static Stream<Clause> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream()
          .flatMap(ConformanceTableTest::named);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<Clause> named(Path file) {
    try {
      String name = file.getFileName().toString().replace(".java", "");
      return CLAUSE
          .matcher(Files.readString(file))
          .results()
          .map(
              found ->
                  new Clause(
                      Integer.parseInt(found.group(1)),
                      found.group(2),
                      found.group(3),
                      name + "." + found.group(4),
                      file))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
