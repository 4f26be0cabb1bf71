package io.pgscim.ingest.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Spans, each made the child of a {@code traceparent} (W3C Trace Context): what ties a request to
 * its Kafka records is the header that its events carry anyway, not a thread. While tracing is off
 * a span is its parent, so the client's own trace is handed on untouched.
 *
 * <p>They are made here and not by the framework, whose spans hold paths and query strings, and a
 * filter names people.
 */
@ApplicationScoped
public class Traces {
  private static final String HEADER = "traceparent";
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<String> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
          return Set.of(HEADER);
        }

        @Override
        public String get(String traceparent, String name) {
          return HEADER.equals(name) ? traceparent : null;
        }
      };

  private final Tracer tracer;

  /**
   * @param off a disabled SDK still makes spans, which nobody would ever see
   */
  public Traces(
      OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
    this.tracer = (off ? OpenTelemetry.noop() : telemetry).getTracer("io.pgscim.ingest");
  }

  /**
   * Begins a span.
   *
   * @param traceparent null for a trace of its own
   */
  public Span begin(String name, SpanKind kind, String traceparent) {
    SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
    return traceparent == null
        ? span.setNoParent().startSpan()
        : span.setParent(W3C.extract(Context.root(), traceparent, GETTER)).startSpan();
  }

  /** What makes others its children; null when there is nothing to be a child of. */
  public static String traceparent(Span span) {
    Map<String, String> headers = new HashMap<>(2);
    W3C.inject(Context.root().with(span), headers, Map::put);
    return headers.get(HEADER);
  }
}
