package io.pgscim.local.demonstrate;

import io.pgscim.local.demonstrate.AuditTrail.Entry;
import java.util.List;

/**
 * How long it takes from a push to the commit of its GRANT, by the clocks of the services
 * themselves.
 */
final class PushToGrant {
  private static final int WARM_UP = 20;
  private static final int PUSHES = 30;

  private final Scim scim;
  private final Roles roles;
  private final AuditTrail audit;

  /**
   * Milliseconds.
   *
   * @param pushes how many were measured
   */
  record Result(int pushes, double median, double slowest) {}

  PushToGrant(Scim scim, Roles roles, AuditTrail audit) {
    this.scim = scim;
    this.roles = roles;
    this.audit = audit;
  }

  /**
   * Adds a person to a group and takes the person out again, many times, one push after the other.
   */
  Result measure(String groupId, String userId, String role, String accessRole) {
    long begin = audit.size();
    int all = WARM_UP + PUSHES;
    for (int i = 0; i < all; i++) {
      inAndOut(groupId, userId, role, accessRole);
    }
    Patience.await("an entry for each grant", () -> grants(begin, role).size() >= all);
    List<Double> millis =
        grants(begin, role).stream().skip(WARM_UP).map(Entry::millis).sorted().toList();
    return new Result(millis.size(), millis.get(millis.size() / 2), millis.getLast());
  }

  private void inAndOut(String groupId, String userId, String role, String accessRole) {
    scim.addMember(groupId, userId);
    roles.awaitMember(role, accessRole);
    scim.removeMember(groupId, userId);
    roles.awaitNoMember(role, accessRole);
  }

  private List<Entry> grants(long begin, String role) {
    return audit.from(begin).stream()
        .filter(entry -> entry.what().equals("grant-membership") && entry.role().equals(role))
        .toList();
  }
}
