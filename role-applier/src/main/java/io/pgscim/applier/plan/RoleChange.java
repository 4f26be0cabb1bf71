package io.pgscim.applier.plan;

import io.pgscim.applier.policy.MembershipOptions;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.applier.sql.Literal;
import io.pgscim.events.RoleChanged.Kind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One change to one role of the cluster: its words for people beside its statement. Dry run, log,
 * event and audit entry all show the same object.
 */
public sealed interface RoleChange extends Change {

  /** When in a plan it happens. */
  Phase phase();

  /** Whether it runs as the granter role, in whose name every membership is given. */
  default boolean asGranter() {
    return false;
  }

  /** {@code CREATE ROLE} for a user. */
  record CreateLogin(Subject subject, String role, int connectionLimit) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.CREATE;
    }

    @Override
    public Kind kind() {
      return Kind.CREATE_ROLE;
    }

    @Override
    public String description() {
      return "create login role " + role;
    }

    @Override
    public String sql() {
      return "CREATE ROLE "
          + Identifier.quoted(role)
          + " LOGIN CONNECTION LIMIT "
          + connectionLimit;
    }
  }

  /**
   * A role that exists already becomes pgscim's. Its statement makes it one that inherits, as those
   * have it that pgscim creates, and shows that pgscim may change it.
   */
  record Adopt(Subject subject, String role) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.ADOPT;
    }

    @Override
    public Kind kind() {
      return Kind.ADOPT_ROLE;
    }

    @Override
    public String description() {
      return "adopt role " + role;
    }

    @Override
    public String sql() {
      return alter(role) + "INHERIT";
    }
  }

  /** A login role that is made by Azure's own function, as one of Entra ID. */
  record CreatePrincipal(Subject subject, String role, int connectionLimit) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.CREATE;
    }

    @Override
    public Kind kind() {
      return Kind.CREATE_ROLE;
    }

    @Override
    public String description() {
      return "create login role " + role + " for Entra ID";
    }

    @Override
    public String sql() {
      return "SELECT pgaadauth_create_principal("
          + Literal.quoted(role)
          + ", false, false); "
          + alter(role)
          + "CONNECTION LIMIT "
          + connectionLimit;
    }
  }

  /** {@code CREATE ROLE} for an access role, which the granter may then hand out. */
  record CreateAccess(Subject subject, String role, String granter, Dialect dialect)
      implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.CREATE;
    }

    @Override
    public Kind kind() {
      return Kind.CREATE_ROLE;
    }

    @Override
    public String description() {
      return "create access role " + role;
    }

    @Override
    public String sql() {
      return "CREATE ROLE "
          + Identifier.quoted(role)
          + " NOLOGIN; "
          + handOut(role, granter, dialect);
    }
  }

  /** The granter may make others a member of an access role. */
  record LetHandOut(Subject subject, String role, String granter, Dialect dialect)
      implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.ALTER;
    }

    @Override
    public Kind kind() {
      return Kind.ALTER_ROLE;
    }

    @Override
    public String object() {
      return granter;
    }

    @Override
    public String description() {
      return "let " + granter + " hand out " + role;
    }

    @Override
    public String sql() {
      return handOut(role, granter, dialect);
    }
  }

  /** A role may log in. */
  record EnableLogin(Subject subject, String role) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.ALTER;
    }

    @Override
    public Kind kind() {
      return Kind.ENABLE_LOGIN;
    }

    @Override
    public String description() {
      return "let " + role + " log in";
    }

    @Override
    public String sql() {
      return alter(role) + "LOGIN";
    }
  }

  /** A role may no longer log in; sessions that it has are ended separately, after the commit. */
  record DisableLogin(Subject subject, String role) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.TAKE;
    }

    @Override
    public Kind kind() {
      return Kind.DISABLE_LOGIN;
    }

    @Override
    public String description() {
      return "do not let " + role + " log in any more";
    }

    @Override
    public String sql() {
      return alter(role) + "NOLOGIN";
    }
  }

  /** A role gets another name; whatever it owns, has and is a member of stays its own. */
  record Rename(Subject subject, String from, String role) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.RENAME;
    }

    @Override
    public Kind kind() {
      return Kind.ALTER_ROLE;
    }

    @Override
    public String object() {
      return from;
    }

    @Override
    public String description() {
      return "rename " + from + " to " + role;
    }

    @Override
    public String sql() {
      return alter(from) + "RENAME TO " + Identifier.quoted(role);
    }
  }

  /** How many sessions a role may have at a time. */
  record LimitConnections(Subject subject, String role, int limit) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.ALTER;
    }

    @Override
    public Kind kind() {
      return Kind.ALTER_ROLE;
    }

    @Override
    public String description() {
      return limit < 0
          ? "let " + role + " have any number of sessions"
          : "let " + role + " have " + limit + " sessions at a time";
    }

    @Override
    public String sql() {
      return alter(role) + "CONNECTION LIMIT " + limit;
    }
  }

  /** A parameter of every session that the role begins from now on. */
  record ApplySetting(Subject subject, String role, String name, String value)
      implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.ALTER;
    }

    @Override
    public Kind kind() {
      return Kind.ALTER_ROLE;
    }

    @Override
    public String object() {
      return name;
    }

    @Override
    public String description() {
      return "set " + Setting.words(name) + " to " + value + " for " + role;
    }

    @Override
    public String sql() {
      return alter(role) + Setting.place(name) + "SET " + Setting.assignment(name, value);
    }
  }

  /** A parameter is the server's again. */
  record DropSetting(Subject subject, String role, String name) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.ALTER;
    }

    @Override
    public Kind kind() {
      return Kind.ALTER_ROLE;
    }

    @Override
    public String object() {
      return name;
    }

    @Override
    public String description() {
      return "no longer set " + Setting.words(name) + " for " + role;
    }

    @Override
    public String sql() {
      return alter(role) + Setting.place(name) + "RESET " + Setting.name(name);
    }
  }

  /**
   * An attribute that no role of pgscim has. Each by itself: the login may take one and not
   * another.
   */
  record TakeAttribute(Subject subject, String role, String attribute) implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.TAKE;
    }

    @Override
    public Kind kind() {
      return Kind.ALTER_ROLE;
    }

    @Override
    public String object() {
      return attribute;
    }

    @Override
    public String description() {
      return "take " + attribute + " from " + role;
    }

    @Override
    public String sql() {
      return alter(role) + "NO" + attribute;
    }
  }

  /** A role becomes a member of an access role, in the granter's name. */
  record GrantMembership(
      Subject subject,
      String access,
      String role,
      String granter,
      MembershipOptions with,
      Dialect dialect)
      implements RoleChange {

    @Override
    public Phase phase() {
      return Phase.GIVE;
    }

    @Override
    public boolean asGranter() {
      return true;
    }

    @Override
    public Kind kind() {
      return Kind.GRANT_MEMBERSHIP;
    }

    @Override
    public String object() {
      return access;
    }

    @Override
    public String description() {
      return "make "
          + role
          + " a member of "
          + access
          + (with.inherit() ? "" : ", by SET ROLE only")
          + (with.set() ? "" : ", without SET ROLE");
    }

    @Override
    public String sql() {
      return sql(List.of(role));
    }

    /** What this and all like it have in common. */
    public GrantMembership toNobody() {
      return new GrantMembership(Subject.access(access), access, "", granter, with, dialect);
    }

    /**
     * One statement for several members. Options are spelled out: a plain GRANT leaves those of an
     * existing membership as they are.
     */
    public String sql(List<String> roles) {
      return "GRANT "
          + Identifier.quoted(access)
          + " TO "
          + quoted(roles)
          + dialect.given(with)
          + " GRANTED BY "
          + Identifier.quoted(granter);
    }
  }

  /**
   * A membership ends. One for each grantor: revoking in another's name changes nothing and only
   * warns (PostgreSQL 16 and newer).
   *
   * @param endsAccess the policy does not give this membership at all; otherwise only this
   *     grantor's doubtful copy of it ends
   */
  record RevokeMembership(
      Subject subject,
      String access,
      String role,
      String grantor,
      Revoker revoker,
      boolean endsAccess)
      implements RoleChange {
    @Override
    public Phase phase() {
      return Phase.TAKE;
    }

    @Override
    public boolean asGranter() {
      return revoker == Revoker.GRANTER;
    }

    @Override
    public Kind kind() {
      return Kind.REVOKE_MEMBERSHIP;
    }

    @Override
    public String object() {
      return access;
    }

    @Override
    public String description() {
      return "take "
          + access
          + " from "
          + role
          + (revoker == Revoker.GRANTER ? "" : " (granted by " + grantor + ")");
    }

    @Override
    public String sql() {
      return switch (revoker) {
        case GRANTER, LOGIN -> sql(List.of(role));
        case FUNCTION ->
            "SELECT pgscim_admin.revoke_membership("
                + Literal.quoted(access)
                + ", "
                + Literal.quoted(role)
                + ", "
                + Literal.quoted(grantor)
                + ")";
      };
    }

    /** What this and all like it have in common. */
    public RevokeMembership ofNobody() {
      return new RevokeMembership(Subject.access(access), access, "", grantor, revoker, true);
    }

    /** One statement for several members. */
    public String sql(List<String> roles) {
      return sql(access, roles, grantor);
    }

    /** The statement, also where there is no plan. */
    public static String sql(String access, List<String> roles, String grantor) {
      return "REVOKE "
          + Identifier.quoted(access)
          + " FROM "
          + quoted(roles)
          + " GRANTED BY "
          + Identifier.quoted(grantor)
          + " CASCADE";
    }
  }

  private static String alter(String role) {
    return "ALTER ROLE " + Identifier.quoted(role) + " ";
  }

  private static String quoted(List<String> roles) {
    return roles.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
  }

  private static String handOut(String access, String granter, Dialect dialect) {
    return "GRANT "
        + Identifier.quoted(access)
        + " TO "
        + Identifier.quoted(granter)
        + dialect.handedOut();
  }
}
