package io.pgscim.audit.door;

import io.pgscim.admission.BearerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who holds a token. */
@ApplicationScoped
class Holders {
  static final String READERS = "pgscim.audit.readers.token-sha256";
  static final String ADMINS = "pgscim.audit.admins.token-sha256";

  private final BearerTokens readers;
  private final BearerTokens admins;

  Holders(ReaderConfig readers, AdminConfig admins) {
    this.readers = new BearerTokens(READERS, readers.tokenSha256());
    this.admins = new BearerTokens(ADMINS, admins.tokenSha256());
  }

  boolean none() {
    return readers.none() && admins.none();
  }

  Optional<String> reader(String authorization) {
    return readers.named(authorization);
  }

  Optional<String> administrator(String authorization) {
    return admins.named(authorization);
  }
}
