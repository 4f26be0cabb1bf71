package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Indexed;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The log as it grows (server-sent events). */
@Path("/entries/stream")
public class StreamResource {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int AT_ONCE = 500;
  private static final int MOST_READERS = 100;

  private final AuditLog log;
  private final AtomicInteger readers = new AtomicInteger();

  StreamResource(AuditLog log) {
    this.log = log;
  }

  /**
   * Every entry behind {@code Last-Event-ID}, else behind the parameter {@code after}, else that is
   * appended from now on. The id of an event is the entry's index, so a reader that reconnects
   * misses none.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> stream(
      @Context UriInfo uri, @HeaderParam("Last-Event-ID") String last, @Context Sse sse) {
    String after = last != null ? last : uri.getQueryParameters().getFirst("after");
    long from = WholeNumber.of(after, "the last event's id", log.size() - 1, -1);
    var reader = new Reader(sse, After.kept(log, from));
    if (readers.incrementAndGet() > MOST_READERS) {
      readers.decrementAndGet();
      throw new WebApplicationException(
          Problem.answer(
              Response.Status.SERVICE_UNAVAILABLE,
              "there are " + MOST_READERS + " readers already; read /entries instead"));
    }
    // One look at a time: the next is asked for when the reader has taken what the last one found.
    return Multi.createFrom()
        .ticks()
        .every(LOOK)
        .onOverflow()
        .drop()
        .onItem()
        .transformToMultiAndConcatenate(tick -> Multi.createFrom().iterable(reader.next()))
        .onTermination()
        .invoke(readers::decrementAndGet);
  }

  private final class Reader {
    private final Sse sse;
    private long after;

    Reader(Sse sse, long after) {
      this.sse = sse;
      this.after = after;
    }

    List<OutboundSseEvent> next() {
      try {
        return log.read(after + 1, AT_ONCE).stream().map(this::event).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private OutboundSseEvent event(byte[] entry) {
      after++;
      return sse.newEventBuilder()
          .id(Long.toString(after))
          .data(new String(Indexed.json(after, entry), StandardCharsets.UTF_8))
          .build();
    }
  }
}
