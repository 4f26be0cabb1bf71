package io.pgscim.applier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the cluster is compared with its policy unasked. {@code PGSCIM_DRIFT_EVERY}. */
@ConfigMapping(prefix = "pgscim.drift")
interface DriftConfig {

  /**
   * How long after the last comparison, or after the installation: {@code 7d}, {@code 12h}, {@code
   * PT12H}; {@code 0} = never.
   */
  @WithDefault("7d")
  Duration every();
}
