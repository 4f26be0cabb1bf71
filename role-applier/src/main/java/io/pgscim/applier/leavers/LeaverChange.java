package io.pgscim.applier.leavers;

import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.events.RoleChanged.Kind;

/** What is done to the role of somebody who left. */
sealed interface LeaverChange extends Change {

  /** Objects in one database, and shared ones, get another owner. */
  record Reassign(Subject subject, String role, String database, String heir, int objects)
      implements LeaverChange {
    static Reassign of(Leaving leaving, String database, String heir, int objects) {
      return new Reassign(leaving.person(), leaving.role(), database, heir, objects);
    }

    @Override
    public Kind kind() {
      return Kind.REASSIGN_OBJECTS;
    }

    @Override
    public String object() {
      return heir;
    }

    @Override
    public String description() {
      return "give the "
          + objects
          + (objects == 1 ? " object" : " objects")
          + " of "
          + role
          + " in database "
          + database
          + " to "
          + heir;
    }

    @Override
    public String sql() {
      return "REASSIGN OWNED BY " + Identifier.quoted(role) + " TO " + Identifier.quoted(heir);
    }
  }

  /**
   * Privileges in one database, and on shared objects, end, default privileges too. Never while the
   * role owns anything there, for the statement would drop it.
   */
  record TakePrivileges(Subject subject, String role, String database) implements LeaverChange {
    static TakePrivileges of(Leaving leaving, String database) {
      return new TakePrivileges(leaving.person(), leaving.role(), database);
    }

    @Override
    public Kind kind() {
      return Kind.REVOKE_PRIVILEGE;
    }

    @Override
    public String object() {
      return "database " + database;
    }

    @Override
    public String description() {
      return "take every privilege in database " + database + " from " + role;
    }

    @Override
    public String sql() {
      return "DROP OWNED BY " + Identifier.quoted(role);
    }
  }

  /** The role ends. */
  record DropRole(Subject subject, String role, boolean gone) implements LeaverChange {
    static DropRole of(Leaving leaving) {
      return new DropRole(leaving.person(), leaving.role(), leaving.gone());
    }

    @Override
    public Kind kind() {
      return Kind.DROP_ROLE;
    }

    @Override
    public String description() {
      return gone ? "forget role " + role + ", which somebody dropped" : "drop role " + role;
    }

    @Override
    public String sql() {
      return gone ? "" : "DROP ROLE " + Identifier.quoted(role);
    }
  }
}
