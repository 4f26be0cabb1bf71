package io.pgscim.applier.leavers;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.policy.Leaver;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A disabled login role whose time is over.
 *
 * @param role its name; the last one known when it is gone
 * @param gone somebody dropped it already
 */
record Leaving(String userId, long roleOid, String role, boolean gone) {
  private static final String DUE = Sql.of(Leaving.class, "due");

  /**
   * Those that are due now, longest first; nobody under a policy that lets roles stay.
   *
   * @param without whose user ids are left out
   */
  static List<Leaving> due(Session home, Leaver leaver, Collection<String> without, int most) {
    if (leaver.dropAfter().isEmpty()) {
      return List.of();
    }
    List<Leaving> due = new ArrayList<>();
    for (Row row :
        home.ask(
            DUE,
            (double) leaver.dropAfter().get().toSeconds(),
            without.toArray(String[]::new),
            (long) most)) {
      due.add(Leaving.of(row));
    }
    return due;
  }

  private static Leaving of(Row row) {
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

  /**
   * The role is not dropped.
   *
   * @param sqlState null when PostgreSQL was not asked
   */
  Refusal refused(List<String> reasons, String sqlState) {
    return new Refusal(
        subject(),
        role,
        "drop role " + role,
        "the role stays disabled: " + String.join("; ", reasons),
        sqlState);
  }

  /** Under which the role is managed. */
  Subject person() {
    return Subject.user(userId);
  }
}
