package io.pgscim.applier.sessions;

import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A committed revocation whose sessions are not all gone from one place.
 *
 * @param rolesLost the access roles; none when nothing but the sessions has to end
 * @param nobodyMay no session of the role may live; otherwise only new ones may
 * @param proven it was proven, and is looked at once more for a login that was under way
 * @param looked sessions were noted when what was taken away was gone there
 * @param told the sessions that were told to end there
 */
record Pending(
    long id,
    long roleOid,
    boolean loginLost,
    List<String> rolesLost,
    boolean nobodyMay,
    boolean proven,
    boolean looked,
    Set<Integer> told) {

  static Pending of(Row row) {
    return new Pending(
        row.getLong("id"),
        row.getLong("role_oid"),
        row.getBoolean("login_lost"),
        Arrays.asList(row.getArrayOfStrings("roles_lost")),
        row.getBoolean("nobody_may"),
        row.getBoolean("proven"),
        row.getBoolean("arrived"),
        Set.of(row.getArrayOfIntegers("told")));
  }

  /** Of the role's live sessions there those that must end. */
  Set<Integer> targets(Set<Integer> live) {
    boolean everyone = nobodyMay || (!proven && !looked);
    Set<Integer> targets = new HashSet<>(live);
    if (!everyone) {
      targets.retainAll(told);
    }
    return targets;
  }
}
