package io.pgscim.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The key that the log's checkpoints are verified with: audit-sink makes it on its first start. */
public final class VerifierKey {
  private VerifierKey() {}

  /**
   * What {@code quickstart env} prints, with {@code AUDIT_LOG_VKEY} behind {@code AUDIT_LOG} once
   * there is a key.
   */
  public static Map<String, String> in(Map<String, String> env) {
    Map<String, String> all = new LinkedHashMap<>();
    env.forEach(
        (name, value) -> {
          all.put(name, value);
          if (name.equals("AUDIT_LOG")) {
            put(all, Path.of(value).resolve("vkey"));
          }
        });
    return all;
  }

  private static void put(Map<String, String> env, Path file) {
    try {
      // The current key's line; while it is being replaced, the next one's follows.
      env.put("AUDIT_LOG_VKEY", Files.readString(file).lines().findFirst().orElse(""));
    } catch (NoSuchFileException notYet) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
