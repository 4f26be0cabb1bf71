package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Who gets a login role, and how it looks.
 *
 * @param condition which users; a user who is not active never has one
 * @param connectionLimit sessions at the same time; -1 = as many as the server has
 * @param settings what {@code ALTER ROLE … SET} holds for every one of them; {@code
 *     parameter@database} for one database
 */
public record LoginRoles(
    UserFilter condition, NameTemplate name, int connectionLimit, Map<String, String> settings) {

  public LoginRoles {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(name, "name");
    if (connectionLimit < -1) {
      throw new IllegalArgumentException("connectionLimit must be -1 or more");
    }
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
