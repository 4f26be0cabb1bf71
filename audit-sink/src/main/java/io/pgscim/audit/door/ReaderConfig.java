package io.pgscim.audit.door;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Who may read the log. */
@ConfigMapping(prefix = "pgscim.audit.readers")
interface ReaderConfig {

  /**
   * By a name, SHA-256 of a bearer token in hex: {@code
   * pgscim.audit.readers.token-sha256.auditor=…}. While neither readers nor administrators are
   * configured, everybody who reaches the port can read.
   */
  Map<String, String> tokenSha256();
}
