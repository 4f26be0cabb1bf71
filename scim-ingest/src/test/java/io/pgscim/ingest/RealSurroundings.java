package io.pgscim.ingest;

import io.pgscim.parts.RealParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A real broker and a real, empty database for the service under test. */
public final class RealSurroundings implements QuarkusTestResourceLifecycleManager {
  static final String TOKEN = "one-token-for-tests";
  static final String OTHER_TOKEN = "another-token-for-tests";
  static final String DATABASE = "directory";

  @Override
  public Map<String, String> start() {
    // Once for all: a test with settings of its own starts the service again.
    if (!DirectoryTables.exist()) {
      RealParts.database().createDatabase(DATABASE);
    }
    return Map.of(
        "pgscim.access.token-sha256", sha256(TOKEN) + "," + sha256(OTHER_TOKEN),
        "pgscim.directory.url", RealParts.database().url(DATABASE),
        "pgscim.directory.username", RealParts.database().superuser(),
        "kafka.bootstrap.servers", RealParts.broker().bootstrapServers(),
        // The build tells every test where it is by pgscim.root.
        "smallrye.config.mapping.validate-unknown", "false");
  }

  @Override
  public void stop() {
    // The parts end with the JVM.
  }

  private static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
