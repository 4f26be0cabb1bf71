package io.pgscim.applier.guard;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.Limits;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Collection;

/**
 * How many people may lose something unasked now.
 *
 * @param holders people who have access now
 * @param lost people who lost something unasked within the limits' time
 * @param besides of these, those who did since the oldest hold stands
 * @param stands whether a hold stands
 */
public record Budget(Limits limits, int holders, int lost, int besides, boolean stands) {
  private static final String BUDGET = Sql.of(Budget.class, "budget");
  private static final String HOLDERS = Sql.of(Budget.class, "holders");

  /** As it is now for these people, who are not counted as lost already. */
  public static Budget of(Transaction transaction, Limits limits, Collection<String> users) {
    return lost(transaction, limits, users).among(holders(transaction));
  }

  /** Whether these people may lose something, without counting everybody where few are lost. */
  static boolean allows(Transaction transaction, Limits limits, Collection<String> users) {
    Budget few = lost(transaction, limits, users);
    return few.allows(users.size())
        || (!few.stands && few.among(holders(transaction)).allows(users.size()));
  }

  private static Budget lost(Transaction transaction, Limits limits, Collection<String> users) {
    Row counts =
        transaction
            .ask(BUDGET, users.toArray(String[]::new), (double) limits.within().toSeconds())
            .iterator()
            .next();
    return new Budget(
        limits,
        0,
        counts.getInteger("lost"),
        counts.getInteger("besides"),
        counts.getBoolean("stands"));
  }

  private static int holders(Transaction transaction) {
    return transaction.ask(HOLDERS).iterator().next().getInteger("holders");
  }

  private Budget among(int people) {
    return new Budget(limits, people, lost, besides, stands);
  }

  /** How many may lose something within the limits' time while nothing is held. */
  public int allowed() {
    return (int) Math.max(limits.revokeAtLeast(), (long) holders * limits.revokeShare() / 100);
  }

  /**
   * Whether so many people more may lose something. Beside a hold that stands it is a few, so that
   * the leavers of the day need not wait for its end.
   */
  public boolean allows(int people) {
    return stands
        ? (long) besides + people <= limits.revokeAtLeast()
        : (long) lost + people <= allowed();
  }
}
