package io.pgscim.applier;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** What the cluster should look like. */
@ConfigMapping(prefix = "pgscim.policy")
interface PolicyConfig {

  /** The policy file, {@code PGSCIM_POLICY_FILE}; read again whenever it changes. */
  Path file();
}
