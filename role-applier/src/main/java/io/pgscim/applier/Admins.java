package io.pgscim.applier;

import io.pgscim.admission.BearerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The people who may decide. */
@ApplicationScoped
class Admins {
  private final BearerTokens tokens;

  Admins(AdminConfig config) {
    tokens = new BearerTokens("pgscim.admin.token-sha256", config.tokenSha256());
  }

  boolean none() {
    return tokens.none();
  }

  /**
   * Who sent this header.
   *
   * @param authorization may be null
   */
  Optional<String> named(String authorization) {
    return tokens.named(authorization);
  }
}
