package io.pgscim.ingest.publish;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.pgscim.ingest.observe.Traces;
import io.pgscim.messaging.OutgoingRecord;
import io.pgscim.messaging.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds the span of publishing to the trace of the request that a record comes from. Whoever
 * consumes the record is made a child of that span by the header {@code traceparent}; the event's
 * own attribute, {@code ce_traceparent}, stays the request's.
 */
record TracedPublisher(Publisher publisher, Traces traces) implements Publisher {
  private static final String HEADER = "traceparent";

  @Override
  public Uni<Void> publish(OutgoingRecord record) {
    String parent = record.headers().get(HEADER);
    if (parent == null) {
      return publisher.publish(record);
    }
    Span span = traces.begin("send " + record.topic(), SpanKind.PRODUCER, parent);
    if (!span.getSpanContext().isValid()) {
      return publisher.publish(record);
    }
    span.setAttribute("messaging.system", "kafka");
    span.setAttribute("messaging.operation.type", "send");
    span.setAttribute("messaging.destination.name", record.topic());
    Map<String, String> headers = new HashMap<>(record.headers());
    headers.put(HEADER, Traces.traceparent(span));
    return publisher
        .publish(
            new OutgoingRecord(
                record.id(),
                record.topic(),
                record.key(),
                record.type(),
                headers,
                record.payload()))
        .onFailure()
        .invoke(refused -> span.setStatus(StatusCode.ERROR))
        .onTermination()
        .invoke(span::end);
  }

  @Override
  public void renew() {
    publisher.renew();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
