package io.pgscim.applier.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Statements kept as files beside the class that asks them. */
public final class Sql {
  private Sql() {}

  /**
   * @param name the file's, without {@code .sql}: the question it answers
   */
  public static String of(Class<?> owner, String name) {
    try (InputStream file = owner.getResourceAsStream(name + ".sql")) {
      if (file == null) {
        throw new IllegalStateException("no " + name + ".sql beside " + owner.getName());
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
