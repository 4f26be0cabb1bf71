package io.pgscim.ingest;

import io.pgscim.parts.RealParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A real broker and a real, empty database for the service under test. */
public final class RealSurroundings implements QuarkusTestResourceLifecycleManager {
  static final String TOKEN = "one-token-for-tests";
  static final String OTHER_TOKEN = "another-token-for-tests";
  static final String ADMIN_TOKEN = "admin-token-for-tests";
  static final String OKTA_TOKEN = "okta-token-for-tests";
  static final String SLOW_TOKEN = "slow-token-for-tests";
  static final String AFAR_TOKEN = "afar-token-for-tests";
  static final String DATABASE = "directory";

  @Override
  public Map<String, String> start() {
    RealParts.database().createDatabase(DATABASE);
    return Map.ofEntries(
        Map.entry("pgscim.access.token-sha256", sha256(TOKEN) + "," + sha256(OTHER_TOKEN)),
        Map.entry("pgscim.admin.token-sha256", sha256(ADMIN_TOKEN)),
        Map.entry("pgscim.sources.okta.tolerance", "strict"),
        Map.entry("pgscim.sources.okta.token-sha256", sha256(OKTA_TOKEN)),
        Map.entry("pgscim.sources.slow.rate-limit", "2"),
        Map.entry("pgscim.sources.slow.rate-burst", "5"),
        Map.entry("pgscim.sources.slow.token-sha256", sha256(SLOW_TOKEN)),
        Map.entry("pgscim.sources.afar.networks", "192.0.2.0/24,2001:db8::/32"),
        Map.entry("pgscim.sources.afar.token-sha256", sha256(AFAR_TOKEN)),
        Map.entry("pgscim.directory.url", RealParts.database().url(DATABASE)),
        Map.entry("pgscim.directory.username", RealParts.database().superuser()),
        Map.entry("kafka.bootstrap.servers", RealParts.broker().bootstrapServers()),
        Map.entry(
            "pgscim.resource-types",
            Path.of(System.getProperty("pgscim.root"), "deploy", "resource-types").toString()),
        // The build tells every test where it is by pgscim.root.
        Map.entry("smallrye.config.mapping.validate-unknown", "false"));
  }

  @Override
  public void stop() {
    // The parts end with the JVM.
  }

  static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
