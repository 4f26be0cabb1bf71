package io.pgscim.applier.sessions;

import io.pgscim.events.Cause;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A committed revocation.
 *
 * @param nobodyMay no session of the role may live; otherwise only new ones may
 * @param pids the sessions that were told to end; null when nobody has looked yet
 * @param proven it was proven, and is looked at once more for a login that was under way
 */
record Pending(
    long id,
    long roleOid,
    String role,
    String userId,
    boolean nobodyMay,
    boolean loginLost,
    List<String> rolesLost,
    String reason,
    Set<Integer> pids,
    Cause cause,
    boolean proven) {

  static Pending of(Row row) {
    Integer[] pids = row.getArrayOfIntegers("pids");
    return new Pending(
        row.getLong("id"),
        row.getLong("role_oid"),
        row.getString("role_name"),
        row.getString("user_id"),
        row.getBoolean("nobody_may"),
        row.getBoolean("login_lost"),
        Arrays.asList(row.getArrayOfStrings("roles_lost")),
        row.getString("reason"),
        pids == null ? null : Set.of(pids),
        new Cause(
            row.getString("txn"),
            row.getString("actor"),
            row.getOffsetDateTime("requested_at").toInstant(),
            row.getString("traceparent")),
        row.getBoolean("proven"));
  }

  /** Of the role's live sessions those that must end. */
  Set<Integer> targets(Set<Integer> live) {
    Set<Integer> targets = new HashSet<>(live);
    if (pids == null ? proven && !nobodyMay : !nobodyMay) {
      targets.retainAll(told());
    }
    return targets;
  }

  /** Every session that was ever told to end. */
  Set<Integer> told() {
    return pids == null ? Set.of() : pids;
  }

  /** What is true once it is proven. */
  String description() {
    String gone =
        loginLost
            ? role + " may not log in and is a member of nothing"
            : rolesLost.isEmpty()
                ? role + " has no session from before"
                : role + " is no member of " + String.join(", ", rolesLost);
    return gone + "; sessions ended: " + told().size();
  }
}
