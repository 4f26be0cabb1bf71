package io.pgscim.applier.plan;

import io.pgscim.applier.current.HeldMembership;
import io.pgscim.applier.plan.RoleChange.GrantMembership;
import io.pgscim.applier.plan.RoleChange.RevokeMembership;
import io.pgscim.applier.policy.MembershipOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How memberships are given and taken on this cluster.
 *
 * @param granter the role in whose name every membership is given
 * @param foreign who can end a membership that somebody else gave
 * @param dialect what is said of a membership
 * @param hands how all this is carried out
 */
public record Memberships(String granter, Revoker foreign, Dialect dialect, Hands hands) {

  public Memberships {
    Objects.requireNonNull(granter, "granter");
    Objects.requireNonNull(foreign, "foreign");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(hands, "hands");
  }

  /**
   * What makes the memberships of a role those wanted.
   *
   * <p>A membership in a role that pgscim does not manage is left alone unless the granter gave it:
   * somebody else did, for reasons of their own. One in a managed role that is not wanted ends,
   * whoever gave it; so does a second copy of a wanted one that would let the holder pass it on.
   *
   * @param before the role's name while memberships are taken
   * @param after its name when memberships are given
   */
  List<RoleChange> between(
      Subject subject,
      Map<String, MembershipOptions> wanted,
      String before,
      String after,
      List<HeldMembership> held) {
    List<RoleChange> changes = new ArrayList<>();
    Map<String, MembershipOptions> missing = new TreeMap<>(wanted);
    for (HeldMembership one : held) {
      if (!one.managed() && !one.grantor().equals(granter)) {
        continue;
      }
      if (!wanted.containsKey(one.role())) {
        changes.add(revoke(subject, before, one, true));
      } else if (!one.grantor().equals(granter)) {
        if (one.admin()) {
          changes.add(revoke(subject, before, one, false));
        }
      } else if (one.admin() && dialect == Dialect.PLAIN) {
        // To give it again would leave the option as it is.
        changes.add(revoke(subject, before, one, false));
      } else if (!one.admin() && one.options().equals(Optional.of(wanted.get(one.role())))) {
        missing.remove(one.role());
      }
    }
    missing.forEach(
        (access, with) ->
            changes.add(new GrantMembership(subject, access, after, granter, with, dialect)));
    return changes;
  }

  /** What ends one membership. */
  RevokeMembership revoke(Subject subject, String role, HeldMembership held, boolean endsAccess) {
    return new RevokeMembership(
        subject,
        held.role(),
        role,
        held.grantor(),
        grantersOwn(held) ? Revoker.GRANTER : foreign,
        endsAccess);
  }

  /** Where a grantor means nothing, the granter can still end no more than it could give. */
  private boolean grantersOwn(HeldMembership held) {
    return held.grantor().equals(granter) && (dialect == Dialect.OPTIONS || held.managed());
  }
}
