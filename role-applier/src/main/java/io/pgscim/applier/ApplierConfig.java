package io.pgscim.applier;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** What an operator sets. Each key also by environment: {@code PGSCIM_CLUSTER_URL} and so on. */
@ConfigMapping(prefix = "pgscim")
interface ApplierConfig {

  /** The managed cluster. */
  Cluster cluster();

  /** What it should look like. */
  PolicyConfig policy();

  /** The managed cluster. */
  interface Cluster {

    /**
     * {@code postgresql://host:port/database}, the database being the home database; {@code
     * ?sslmode=verify-full} and the like may follow.
     */
    String url();

    /** The login of {@code deploy/postgres/applier.sql}, or a superuser. */
    Optional<String> username();

    /** Its password, where the server asks for one. */
    Optional<String> password();
  }

  /** What the cluster should look like. */
  interface PolicyConfig {

    /** The policy file; read again whenever it changes. */
    Path file();
  }
}
