package io.pgscim.applier.drift;

import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.Revoker;
import io.pgscim.applier.plan.RoleChange;
import java.util.List;
import java.util.Optional;

/** One thing that is not as the policy says, or that the policy does not speak of. */
public sealed interface Finding {

  Kind kind();

  /** The role that has it, or lacks it; for what could not be looked at, the database. */
  String role();

  /** What is the case, in plain words. */
  String words();

  /** What ends it; empty where there is no one answer. */
  Optional<String> sql();

  /** Whether pgscim ends it when asked to heal. */
  default boolean heals() {
    return false;
  }

  /**
   * The reconciler would change something.
   *
   * @param obstacle why it cannot, or would not for now: {@code waiting}, {@code held} or {@code
   *     rejected}; otherwise empty
   */
  record Deviation(Change change, Optional<String> obstacle) implements Finding {
    @Override
    public Kind kind() {
      return kindOf(change);
    }

    @Override
    public String role() {
      return change.role();
    }

    @Override
    public String words() {
      return change.description() + obstacle.map(why -> " (" + why + ")").orElse("");
    }

    @Override
    public Optional<String> sql() {
      return Optional.of(change.sql());
    }

    @Override
    public boolean heals() {
      return obstacle.isEmpty();
    }
  }

  /** The reconciler wants something that cannot be. */
  record Refused(Refusal refusal) implements Finding {
    @Override
    public Kind kind() {
      return Kind.REFUSED;
    }

    @Override
    public String role() {
      return refusal.role();
    }

    @Override
    public String words() {
      return refusal.description() + ": " + refusal.reason();
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }
  }

  /** A login role has privileges by itself in a managed database. */
  record Direct(Change revocation) implements Finding {
    @Override
    public Kind kind() {
      return Kind.PAST_ACCESS_ROLES;
    }

    @Override
    public String role() {
      return revocation.role();
    }

    @Override
    public String words() {
      return revocation.description();
    }

    @Override
    public Optional<String> sql() {
      return Optional.of(revocation.sql());
    }
  }

  /** A login role has privileges by itself where pgscim does not look. */
  record DirectElsewhere(String role, String place, int objects) implements Finding {
    @Override
    public Kind kind() {
      return Kind.PAST_ACCESS_ROLES;
    }

    @Override
    public String words() {
      return role + " has privileges of its own on " + counted(objects) + " " + place;
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }
  }

  /**
   * A login role owns something.
   *
   * @param some of the objects
   */
  record Owner(String role, String place, int objects, List<String> some) implements Finding {
    @Override
    public Kind kind() {
      return Kind.OWNERSHIP;
    }

    @Override
    public String words() {
      return role
          + " owns "
          + counted(objects)
          + " "
          + place
          + (some.isEmpty() ? "" : ": " + String.join(", ", some))
          + (some.size() < objects && !some.isEmpty() ? ", …" : "");
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }
  }

  /** A login role has set default privileges. */
  record Defaults(String role, String place) implements Finding {
    @Override
    public Kind kind() {
      return Kind.DEFAULT_PRIVILEGES;
    }

    @Override
    public String words() {
      return role + " gives others privileges on all it will make " + place;
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }
  }

  /**
   * Exactly one side of a membership is pgscim's.
   *
   * @param access what is granted
   * @param outsider whether pgscim does not manage the member; otherwise, what is granted
   */
  record Membership(String role, String access, String grantor, boolean admin, boolean outsider)
      implements Finding {
    @Override
    public Kind kind() {
      return outsider ? Kind.OUTSIDER : Kind.MEMBER_ELSEWHERE;
    }

    @Override
    public String words() {
      return role
          + (outsider ? ", which pgscim does not manage, is a member of " : " is a member of ")
          + access
          + (outsider ? "" : ", which pgscim does not manage")
          + (admin ? ", and may pass it on" : "")
          + " (granted by "
          + grantor
          + ")";
    }

    @Override
    public Optional<String> sql() {
      return Optional.of(RoleChange.RevokeMembership.sql(access, List.of(role), grantor));
    }
  }

  /** A login role of pgscim's belongs to a user whom the ledger does not know. */
  record Stranger(String role, String userId, boolean canLogin) implements Finding {
    @Override
    public Kind kind() {
      return Kind.STRANGER;
    }

    @Override
    public String words() {
      return role
          + (canLogin ? ", which may log in," : ", which may not log in,")
          + " is the role of user "
          + userId
          + ", whom the ledger does not know: have the directory tell of the user again, or drop"
          + " the role";
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }
  }

  /** A database could not be looked at. */
  record Unseen(String role, String reason) implements Finding {
    @Override
    public Kind kind() {
      return Kind.UNSEEN;
    }

    @Override
    public String words() {
      return "database " + role + " could not be looked at: " + reason;
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }
  }

  private static String counted(int count) {
    return count + (count == 1 ? " object" : " objects");
  }

  /** What a change says is wrong now. */
  private static Kind kindOf(Change change) {
    return change instanceof RoleChange roles
        ? switch (roles) {
          case RoleChange.RevokeMembership revoke when revoke.revoker() != Revoker.GRANTER ->
              Kind.OTHER_GRANTOR;
          case RoleChange.RevokeMembership revoke -> Kind.TOO_MUCH;
          case RoleChange.TakeAttribute take -> Kind.ATTRIBUTES;
          case RoleChange.EnableLogin enable -> Kind.LOGIN;
          case RoleChange.DisableLogin disable -> Kind.LOGIN;
          case RoleChange.CreateLogin create -> Kind.TOO_LITTLE;
          case RoleChange.CreatePrincipal create -> Kind.TOO_LITTLE;
          case RoleChange.CreateAccess create -> Kind.TOO_LITTLE;
          case RoleChange.LetHandOut grant -> Kind.TOO_LITTLE;
          case RoleChange.GrantMembership grant -> Kind.TOO_LITTLE;
          case RoleChange.LimitConnections limit -> Kind.SETTINGS;
          case RoleChange.ApplySetting setting -> Kind.SETTINGS;
          case RoleChange.DropSetting setting -> Kind.SETTINGS;
          case RoleChange.Rename rename -> Kind.NAME;
          case RoleChange.Adopt adopt -> Kind.ADOPTION;
        }
        : switch (change.kind()) {
          case REVOKE_PRIVILEGE, REVOKE_DEFAULT_PRIVILEGE -> Kind.TOO_MUCH;
          default -> Kind.TOO_LITTLE;
        };
  }
}
