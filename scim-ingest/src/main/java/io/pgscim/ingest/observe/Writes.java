package io.pgscim.ingest.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.pgscim.events.Cause;
import io.pgscim.scim.ScimException;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/** Times and spans what is written to the directory. */
@ApplicationScoped
public class Writes {
  private final Traces traces;
  private final Timer committed;
  private final Timer refused;
  private final Timer failed;
  private final Counter retries;

  public Writes(MeterRegistry registry, Traces traces) {
    this.traces = traces;
    this.committed = timer(registry, "committed");
    this.refused = timer(registry, "refused");
    this.failed = timer(registry, "failed");
    this.retries = registry.counter("pgscim.directory.retries");
  }

  /**
   * Watches a write that was just begun.
   *
   * @param written fails with a {@link ScimException} when the client asked for what cannot be
   */
  public <T> Future<T> watch(Cause cause, Future<T> written) {
    Span span = traces.begin("directory transaction", SpanKind.INTERNAL, cause.traceparent());
    long began = System.nanoTime();
    return written.onComplete(
        done -> {
          Timer timer = done.succeeded() ? committed : isRefusal(done.cause()) ? refused : failed;
          timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
          if (timer == failed) {
            span.setStatus(StatusCode.ERROR);
          }
          span.end();
        });
  }

  /** A transaction met another one and is done again. */
  public void retried() {
    retries.increment();
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ScimException;
  }

  private static Timer timer(MeterRegistry registry, String outcome) {
    return Timer.builder("pgscim.directory.transaction")
        .description("Writes to the directory, retries included")
        .tag("outcome", outcome)
        .serviceLevelObjectives(Buckets.LATENCY)
        .register(registry);
  }
}
