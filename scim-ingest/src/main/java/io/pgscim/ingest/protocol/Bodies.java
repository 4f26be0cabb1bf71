package io.pgscim.ingest.protocol;

import io.pgscim.ingest.IngestConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/**
 * What the bodies of requests and answers that are under way may take, of time and of the heap. A
 * hundred slow clients with a large body each would otherwise be a hundred large bodies, for as
 * long as they like.
 */
@ApplicationScoped
class Bodies {
  /** As a tree of JSON, a body can take thirty times its own size. */
  private static final int OF_REQUESTS = 64;

  private static final int OF_ANSWERS = 8;

  private final Vertx vertx;
  private final long largest;
  private final long millis;
  private final Semaphore large;
  private final Share requests = Share.ofHeap(OF_REQUESTS);
  private final Share answers = Share.ofHeap(OF_ANSWERS);

  Bodies(Vertx vertx, IngestConfig config) {
    this.vertx = vertx;
    this.largest = config.limits().bodySize().asLongValue();
    this.millis = config.limits().bodyTime().toMillis();
    this.large = new Semaphore(config.limits().largeBodies());
  }

  /** The largest body of a request. */
  long largest() {
    return largest;
  }

  /** Room for a request. */
  Room room() {
    return new Room(requests, large);
  }

  /** What answers that are not small take together. */
  Share answers() {
    return answers;
  }

  /** Does something about a transfer that is not over in time. */
  void inTime(Future<Void> transfer, Runnable otherwise) {
    long timer = vertx.setTimer(millis, late -> otherwise.run());
    transfer.onComplete(over -> vertx.cancelTimer(timer));
  }
}
