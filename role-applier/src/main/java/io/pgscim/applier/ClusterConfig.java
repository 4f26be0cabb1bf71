package io.pgscim.applier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The managed cluster. Each key also by environment: {@code PGSCIM_CLUSTER_URL} and so on. */
@ConfigMapping(prefix = "pgscim.cluster")
interface ClusterConfig {

  /**
   * {@code postgresql://host:port/database}, the database being the home database; {@code
   * ?sslmode=verify-full} and the like may follow.
   */
  String url();

  /**
   * The standbys that people log in to, spelled like {@link #url}: whose sessions end there is as
   * much of a revocation as on the primary. Same login and password.
   */
  Optional<List<String>> readers();

  /**
   * {@code vanilla}, {@code rds}, {@code cloudsql} or {@code azure}; when not set, told by the
   * roles that the provider made.
   */
  Optional<String> flavour();

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
