package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How login roles look.
 *
 * @param connectionLimit sessions at the same time; -1 = as many as the server has
 * @param settings what {@code ALTER ROLE … SET} holds; {@code parameter@database} for one database
 */
public record LoginLook(int connectionLimit, Map<String, String> settings) {

  public LoginLook {
    if (connectionLimit < -1) {
      throw new IllegalArgumentException("connectionLimit must be -1 or more");
    }
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
