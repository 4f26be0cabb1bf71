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
 * @param settings what {@code ALTER ROLE … SET} holds for every one of them
 * @param adoption roles that exist already
 */
public record LoginRoles(
    UserFilter condition,
    NameTemplate name,
    int connectionLimit,
    Map<String, String> settings,
    Authentication authentication,
    Adoption adoption,
    Leaver leaver) {

  public LoginRoles {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(name, "name");
    if (connectionLimit < -1) {
      throw new IllegalArgumentException("connectionLimit must be -1 or more");
    }
    Objects.requireNonNull(authentication, "authentication");
    Objects.requireNonNull(adoption, "adoption");
    Objects.requireNonNull(leaver, "leaver");
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** With nothing special about them. */
  public LoginRoles(
      UserFilter condition, NameTemplate name, int connectionLimit, Map<String, String> settings) {
    this(
        condition,
        name,
        connectionLimit,
        settings,
        Authentication.PASSWORD,
        Adoption.NONE,
        Leaver.STAYS);
  }
}
