package io.pgscim.applier.policy;

import io.pgscim.events.UserState;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Who gets a login role, and how it looks.
 *
 * @param condition which users; a user who is not active never has one
 * @param look of everybody who has no other
 * @param byUserType of users of that userType, whatever its case
 * @param adoption roles that exist already
 */
public record LoginRoles(
    UserFilter condition,
    NameTemplate name,
    LoginLook look,
    Map<String, LoginLook> byUserType,
    Authentication authentication,
    Adoption adoption,
    Leaver leaver) {

  public LoginRoles {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(look, "look");
    Map<String, LoginLook> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(byUserType);
    byUserType = Collections.unmodifiableMap(anyCase);
    Objects.requireNonNull(authentication, "authentication");
    Objects.requireNonNull(adoption, "adoption");
    Objects.requireNonNull(leaver, "leaver");
  }

  /** How the role of this user looks. */
  public LoginLook lookOf(UserState user) {
    return user.userType() == null ? look : byUserType.getOrDefault(user.userType(), look);
  }

  /** With nothing special about them. */
  public LoginRoles(
      UserFilter condition, NameTemplate name, int connectionLimit, Map<String, String> settings) {
    this(
        condition,
        name,
        new LoginLook(connectionLimit, settings),
        Map.of(),
        Authentication.PASSWORD,
        Adoption.NONE,
        Leaver.STAYS);
  }
}
