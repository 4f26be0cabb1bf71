package io.pgscim.applier.wanted;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What one user should have on the cluster. */
public sealed interface Wanted {

  String userId();

  /**
   * A login role.
   *
   * @param memberships the access roles it is a member of
   */
  record Login(
      String userId,
      RoleName name,
      int connectionLimit,
      Map<String, String> settings,
      Map<String, Given> memberships)
      implements Wanted {
    public Login {
      Objects.requireNonNull(userId, "userId");
      Objects.requireNonNull(name, "name");
      settings = Collections.unmodifiableMap(new TreeMap<>(settings));
      memberships = Collections.unmodifiableMap(new TreeMap<>(memberships));
    }
  }

  /**
   * Nothing: a role that exists is disabled and loses every membership.
   *
   * @param gone the user was deleted; the role's name is free for a successor
   * @param reason in plain words
   */
  record NoAccess(String userId, boolean gone, String reason) implements Wanted {
    public NoAccess {
      Objects.requireNonNull(userId, "userId");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
