package io.pgscim.applier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The managed cluster. Each key also by environment: {@code PGSCIM_CLUSTER_URL} and so on. */
@ConfigMapping(prefix = "pgscim.cluster")
interface ClusterConfig {

  /**
   * {@code postgresql://host:port/database}, the database being the home database; {@code
   * ?sslmode=verify-full} and the like may follow.
   */
  String url();

  /** The login of {@code deploy/postgres/applier.sql}, or a superuser. */
  Optional<String> username();

  /** Its password, where the server asks for one. */
  Optional<String> password();

  /**
   * Whether to change no role, whatever the policy says: what would be done can be read at {@code
   * GET /plan}. {@code mode: observe} in the policy is the same.
   */
  @WithDefault("false")
  boolean observe();
}
