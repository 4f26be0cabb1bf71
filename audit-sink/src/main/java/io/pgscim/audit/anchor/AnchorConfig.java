package io.pgscim.audit.anchor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The second place for checkpoints. Each key also by environment: {@code PGSCIM_AUDIT_ANCHOR_URL}
 * and so on.
 */
@ConfigMapping(prefix = "pgscim.audit.anchor")
interface AnchorConfig {

  /**
   * {@code postgresql://host:port/database}, prepared by {@code deploy/postgres/audit.sql}; {@code
   * ?sslmode=verify-full} and the like may follow. Without it there is no second place.
   */
  Optional<String> url();

  /** The login of {@code deploy/postgres/audit.sql}. */
  @WithDefault("pgscim_audit")
  String username();

  /** Its password, where the server asks for one. */
  Optional<String> password();

  /**
   * That a log which has signed checkpoints, and of which the second place knows nothing, is to be
   * anchored from now on as it is. For one start; afterwards an empty second place is refused
   * again.
   */
  @WithDefault("false")
  boolean begin();
}
