package io.pgscim.applier.leavers;

import io.pgscim.applier.plan.Subject;
import io.vertx.mutiny.sqlclient.Row;

/**
 * A disabled login role whose time is over.
 *
 * @param role its name; the last one known when it is gone
 * @param gone somebody dropped it already
 */
record Leaving(String userId, long roleOid, String role, boolean gone) {

  static Leaving of(Row row) {
    return new Leaving(
        row.getString("user_id"),
        row.getLong("role_oid"),
        row.getString("role"),
        row.getBoolean("gone"));
  }

  /** What is refused here is remembered apart from what is refused while the person is there. */
  Subject subject() {
    return new Subject("leaver/" + userId, userId);
  }

  /** Under which the role is managed. */
  Subject person() {
    return Subject.user(userId);
  }
}
