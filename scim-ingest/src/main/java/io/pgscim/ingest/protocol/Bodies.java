package io.pgscim.ingest.protocol;

import io.pgscim.ingest.IngestConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the bodies of requests and answers that are under way may take, of time and of the heap. A
 * hundred slow clients with a large body each would otherwise be a hundred large bodies, for as
 * long as they like. What is small is not counted: however much there is of it, it comes and goes
 * quickly.
 */
@ApplicationScoped
class Bodies {
  /** Bodies up to this size are not counted. */
  static final int SMALL = 64 * 1_024;

  private final Vertx vertx;
  private final long largest;
  private final long most;
  private final long millis;
  private final AtomicLong taken = new AtomicLong();

  Bodies(Vertx vertx, IngestConfig config) {
    IngestConfig.Limits limits = config.limits();
    this.vertx = vertx;
    this.largest = limits.bodySize().asLongValue();
    // One body of the largest size always fits.
    this.most = Math.max(limits.bodiesUnderWay().asLongValue(), largest);
    this.millis = limits.bodyTime().toMillis();
  }

  /** The largest body of a request. */
  long largest() {
    return largest;
  }

  /** Takes room for so many bytes; false when there is none, and then none is taken. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Does something about a transfer that is not over in time. */
  void inTime(Future<Void> transfer, Runnable otherwise) {
    long timer = vertx.setTimer(millis, late -> otherwise.run());
    transfer.onComplete(over -> vertx.cancelTimer(timer));
  }
}
