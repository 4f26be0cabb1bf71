package io.pgscim.ingest.directory;

import io.pgscim.scim.ScimException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Lets so many at a time do something expensive; the others wait for their turn. */
final class Turns {
  /** How many wait for each that is at work, before others are sent away. */
  private static final int WAITING = 32;

  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int working;

  Turns(int most) {
    this.most = most;
  }

  /** The outcome of the work; 429 when too many wait already. */
  <T> Future<T> take(Supplier<Future<T>> work) {
    Context context = Vertx.currentContext();
    Promise<T> outcome = Promise.promise();
    Runnable turn =
        () -> {
          Future<T> done = started(work);
          done.onComplete(over -> next());
          done.onComplete(outcome);
        };
    if (entered(() -> resume(context, turn), outcome)) {
      turn.run();
    }
    return outcome.future();
  }

  private static <T> Future<T> started(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static void resume(Context context, Runnable turn) {
    if (context == null) {
      turn.run();
    } else {
      context.runOnContext(now -> turn.run());
    }
  }

  private synchronized boolean entered(Runnable later, Promise<?> outcome) {
    if (working < most) {
      working++;
      return true;
    }
    if (waiting.size() < most * WAITING) {
      waiting.add(later);
    } else {
      outcome.fail(ScimException.of(429, "too many searches are under way; try again"));
    }
    return false;
  }

  private void next() {
    Runnable turn;
    synchronized (this) {
      turn = waiting.poll();
      working -= turn == null ? 1 : 0;
    }
    if (turn != null) {
      turn.run();
    }
  }
}
