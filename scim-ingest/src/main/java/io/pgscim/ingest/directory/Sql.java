package io.pgscim.ingest.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements beside the classes, each in a file named for what it does. */
public final class Sql {
  private Sql() {}

  /** The text of a statement of the directory's, without its comments. */
  static String read(String file) {
    return read(Sql.class, file);
  }

  /** The text of a statement beside a class, without its comments. */
  public static String read(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file + ".sql")) {
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
