package io.pgscim.ingest.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements beside these classes, each in a file named for what it does. */
final class Sql {
  private Sql() {}

  /** The text of a statement, without its comments. */
  static String read(String file) {
    try (InputStream in = Sql.class.getResourceAsStream(file + ".sql")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("--"))
          .reduce((a, b) -> a + "\n" + b)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("the statement " + file + " is part of the jar", e);
    }
  }
}
