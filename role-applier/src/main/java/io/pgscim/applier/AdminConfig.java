package io.pgscim.applier;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Who may look at plans and decide about holds. */
@ConfigMapping(prefix = "pgscim.admin")
interface AdminConfig {

  /**
   * By the name that the record of a decision shows, SHA-256 of a bearer token in hex: {@code
   * pgscim.admin.token-sha256.alice=…}, {@code PGSCIM_ADMIN_TOKEN_SHA256_ALICE}. While there is
   * none, plans and holds can be read without a token and nothing can be decided.
   */
  Map<String, String> tokenSha256();
}
