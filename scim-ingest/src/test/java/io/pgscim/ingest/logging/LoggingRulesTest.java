package io.pgscim.ingest.logging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That {@link Log} is the one way to the log, and that its messages are only messages. */
class LoggingRulesTest {
  private static final Pattern MESSAGE =
      Pattern.compile("\\b(?:LOG\\s*\\.\\s*(?:info|warn|error)|log)\\(\\s*\"([^\"]*)\"");

  @Test
  void nobodyElseWritesToTheLog() {
    JavaClasses ingest =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.pgscim.ingest");

    noClasses()
        .that()
        .resideOutsideOfPackage("io.pgscim.ingest.logging")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jboss.logging..",
            "org.jboss.logmanager..",
            "io.quarkus.logging..",
            "java.util.logging..",
            "org.slf4j..")
        .because("io.pgscim.ingest.logging.Log keeps people out of the log")
        .check(ingest);
  }

  @Test
  void messagesHoldNoKeysAndNoPlaceholders() throws IOException {
    List<String> messages;
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      messages =
          sources
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(LoggingRulesTest::messages)
              .toList();
    }

    assertThat(messages).contains("resource created").noneMatch(m -> m.matches(".*[=%{].*"));
  }

  private static Stream<String> messages(Path source) {
    try {
      return MESSAGE
          .matcher(Files.readString(source))
          .results()
          .map((MatchResult found) -> found.group(1))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
