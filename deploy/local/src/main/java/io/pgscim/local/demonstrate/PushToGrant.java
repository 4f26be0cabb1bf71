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
  private static final String MEMBER =
      """
      SELECT FROM pg_auth_members m
      JOIN pg_roles person ON person.oid = m.member
      JOIN pg_roles access ON access.oid = m.roleid
      WHERE person.rolname = ? AND access.rolname = ?""";

  private final Scim scim;
  private final Session administrator;
  private final AuditTrail audit;

  /**
   * Milliseconds.
   *
   * @param pushes how many were measured
   */
  record Result(int pushes, long median, long slowest) {}

  PushToGrant(Scim scim, Session administrator, AuditTrail audit) {
    this.scim = scim;
    this.administrator = administrator;
    this.audit = audit;
  }

  /**
   * Adds a person to a group and takes the person out again, many times, one push after the other.
   */
  Result measure(String groupId, String userId, String role, String accessRole) {
    for (int i = 0; i < WARM_UP; i++) {
      inAndOut(groupId, userId, role, accessRole);
    }
    long begin = audit.size();
    for (int i = 0; i < PUSHES; i++) {
      inAndOut(groupId, userId, role, accessRole);
    }
    Patience.await("an entry for each grant", () -> grants(begin, role).size() >= PUSHES);
    List<Long> millis = grants(begin, role).stream().map(Entry::millis).sorted().toList();
    return new Result(millis.size(), millis.get(millis.size() / 2), millis.getLast());
  }

  private void inAndOut(String groupId, String userId, String role, String accessRole) {
    scim.addMember(groupId, userId);
    Patience.await(role + " gets " + accessRole, () -> administrator.is(MEMBER, role, accessRole));
    scim.removeMember(groupId, userId);
    Patience.await(
        role + " loses " + accessRole, () -> !administrator.is(MEMBER, role, accessRole));
  }

  private List<Entry> grants(long begin, String role) {
    return audit.from(begin).stream()
        .filter(entry -> entry.what().equals("grant-membership") && entry.role().equals(role))
        .toList();
  }
}
