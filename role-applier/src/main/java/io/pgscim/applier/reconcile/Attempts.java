package io.pgscim.applier.reconcile;

import io.pgscim.applier.apply.Applying;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.SqlStates;
import io.pgscim.applier.cluster.Transaction;
import io.vertx.pgclient.PgException;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Runs work in a transaction until it commits: at once first, again when another session was in the
 * way, and carefully when the server refuses something.
 */
public final class Attempts {
  private static final Logger LOG = Logger.getLogger(Attempts.class);
  private static final int AT_ONCE = 2;
  private static final int IN_ALL = 5;
  private static final long PAUSE_MILLIS = 20;

  private final Session session;

  public Attempts(Session session) {
    this.session = session;
  }

  /**
   * What the work gives, once it is committed.
   *
   * @param work reads, decides and changes all within the transaction: it is run anew each time
   * @throws PgException when the server refuses the work itself, not just a change in it
   */
  public <T> T run(BiFunction<Transaction, Applying, T> work) {
    for (int attempt = 1; ; attempt++) {
      Applying applying = attempt <= AT_ONCE ? Applying.AT_ONCE : Applying.CAREFULLY;
      try (Transaction transaction = session.begin()) {
        T result = work.apply(transaction, applying);
        transaction.commit();
        return result;
      } catch (PgException refused) {
        boolean collision = SqlStates.isCollision(refused);
        LOG.debugf(
            "refused attempt=%d sqlstate=%s %s",
            attempt, refused.getSqlState(), refused.getErrorMessage());
        if (applying == Applying.CAREFULLY && (!collision || attempt >= IN_ALL)) {
          throw refused;
        }
        if (collision) {
          pause(attempt);
        } else {
          attempt = Math.max(attempt, AT_ONCE);
        }
      }
    }
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(PAUSE_MILLIS * attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
