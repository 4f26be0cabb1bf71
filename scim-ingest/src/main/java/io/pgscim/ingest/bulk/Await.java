package io.pgscim.ingest.bulk;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** For threads that may block. */
public final class Await {
  private Await() {}

  /** What the future completes with; what it fails with is thrown as it is. */
  public static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
