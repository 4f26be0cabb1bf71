package io.pgscim.audit.door;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Who may also see what is personal, and forget a person. */
@ConfigMapping(prefix = "pgscim.audit.admins")
interface AdminConfig {

  /**
   * By the name that the log shows, SHA-256 of a bearer token in hex: {@code
   * pgscim.audit.admins.token-sha256.privacy=…}. While there is none, nobody can.
   */
  Map<String, String> tokenSha256();
}
