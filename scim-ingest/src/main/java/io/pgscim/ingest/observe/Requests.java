package io.pgscim.ingest.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times SCIM requests, counts who was turned away, and spans each request. */
@ApplicationScoped
public class Requests {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private record Kind(String endpoint, String method, String status) {}

  private final MeterRegistry registry;
  private final Traces traces;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  public Requests(MeterRegistry registry, Traces traces) {
    this.registry = registry;
    this.traces = traces;
  }

  /**
   * A request arrived.
   *
   * @param traceparent what the client sent, or null
   */
  public Observed begin(String source, String txn, String method, String traceparent) {
    String known = METHODS.contains(method) ? method : "OTHER";
    Span span = traces.begin(known, SpanKind.SERVER, traceparent);
    span.setAttribute("http.request.method", known);
    span.setAttribute("pgscim.source", source);
    span.setAttribute("pgscim.txn", txn);
    return new Observed(known, span);
  }

  /** A request was not let in. */
  public void turnedAway(String source, String reason) {
    registry
        .counter("pgscim.authentication.failures", "source", source, "reason", reason)
        .increment();
  }

  /** One request, until its answer is sent. */
  public final class Observed {
    private final String method;
    private final Span span;
    private final long began = System.nanoTime();
    private volatile String endpoint = "unknown";

    private Observed(String method, Span span) {
      this.method = method;
      this.span = span;
    }

    /**
     * What it is about.
     *
     * @param template a path that names kinds of things only: {@code /Users/{id}}
     */
    public void at(String template) {
      endpoint = template;
      span.updateName(method + " " + template);
      span.setAttribute("http.route", template);
    }

    /** What its events carry; null when there is no trace. */
    public String traceparent() {
      return Traces.traceparent(span);
    }

    /** It was answered. */
    public void answered(int status) {
      span.setAttribute("http.response.status_code", status);
      end(Integer.toString(status), status >= 500);
    }

    /** Its client went away before. */
    public void abandoned() {
      end("abandoned", true);
    }

    private void end(String status, boolean fault) {
      timers
          .computeIfAbsent(new Kind(endpoint, method, status), Requests.this::timer)
          .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
      if (fault) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }

  private Timer timer(Kind kind) {
    return Timer.builder("pgscim.scim.requests")
        .description("SCIM requests, from arrival to answer")
        .tags("endpoint", kind.endpoint(), "method", kind.method(), "status", kind.status())
        .serviceLevelObjectives(Buckets.LATENCY)
        .register(registry);
  }
}
