package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

/** One change that was committed to a cluster. */
public record RoleChanged(String cluster, String role, String userId, Change change)
    implements RoleEvent {

  public RoleChanged {
    identifier("cluster", cluster);
    identifier("role", role);
    present("change", change);
  }

  /**
   * What changed.
   *
   * @param kind which of the closed set of changes
   * @param object what the role gained, lost or is: another role, a database, a table; null when
   *     the role itself
   * @param description the change in plain words, as the plan showed it
   * @param sql the statement that did it
   */
  public record Change(Kind kind, String object, String description, String sql) {
    public Change {
      present("kind", kind);
      identifier("description", description);
      present("sql", sql);
    }
  }

  /** The closed set of changes that pgscim makes. */
  public enum Kind {
    CREATE_ROLE,
    ADOPT_ROLE,
    ALTER_ROLE,
    ENABLE_LOGIN,
    DISABLE_LOGIN,
    DROP_ROLE,
    GRANT_MEMBERSHIP,
    REVOKE_MEMBERSHIP,
    GRANT_PRIVILEGE,
    REVOKE_PRIVILEGE,
    GRANT_DEFAULT_PRIVILEGE,
    REVOKE_DEFAULT_PRIVILEGE,
    REASSIGN_OBJECTS
  }
}
