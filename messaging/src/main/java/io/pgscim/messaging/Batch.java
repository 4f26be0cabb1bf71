package io.pgscim.messaging;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * Rows that were read together, on their way to the broker.
 *
 * <p>A row that the broker refuses holds back the later rows of its key, and nothing else: they are
 * published after it, again if need be, so that the last record of a key is its latest state.
 */
final class Batch {
  private static final Logger LOG = Logger.getLogger(Batch.class);

  /** Where a row stands, and what became of it. */
  private record Sent(long position, OutgoingRecord record, CompletableFuture<Void> acknowledged) {}

  private final List<Sent> sent = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();

  /**
   * Hands the rows to the publisher, in order.
   *
   * @param held keys whose first row was refused before: it alone is offered again
   */
  static Batch send(
      RowSet<Row> rows, Set<String> held, Publisher publisher, RelayObserver observer) {
    Batch batch = new Batch();
    Set<String> offered = new HashSet<>();
    // Its commit is done, or a row would not be visible: now is when its event counts as recorded.
    String recordedAt = Instant.now().toString();
    long read = System.nanoTime();
    for (Row row : rows) {
      OutgoingRecord record = record(row, recordedAt);
      if (held.contains(record.key()) && !offered.add(record.key())) {
        continue;
      }
      Duration waited = Duration.ofNanos((long) (row.getDouble("waited") * 1e9));
      CompletableFuture<Void> acknowledged = publisher.publish(record).subscribeAsCompletionStage();
      batch.sent.add(
          new Sent(
              row.getLong("position"),
              record,
              acknowledged.thenRun(
                  () -> observer.acknowledged(waited.plusNanos(System.nanoTime() - read)))));
    }
    return batch;
  }

  /** Waits until something became of every row; answers with those that may be deleted. */
  Long[] settled(RelayObserver observer) throws InterruptedException {
    List<Long> done = new ArrayList<>(sent.size());
    for (Sent row : sent) {
      try {
        row.acknowledged().get();
        if (!refused.contains(row.record().key())) {
          done.add(row.position());
        }
      } catch (ExecutionException e) {
        observer.refused();
        if (refused.add(row.record().key())) {
          // The reason's own text may be anything; its kind says what to do.
          LOG.warnf(
              "record refused by the broker id=%s key=%s bytes=%d reason=%s",
              row.record().id(),
              row.record().key(),
              row.record().payload().length,
              e.getCause().getClass().getSimpleName());
        }
      }
    }
    return done.toArray(Long[]::new);
  }

  /** The keys of refused rows. */
  Set<String> refused() {
    return refused;
  }

  private static OutgoingRecord record(Row row, String recordedAt) {
    Map<String, String> headers = new LinkedHashMap<>();
    JsonObject stored = row.getJsonObject("headers");
    stored.fieldNames().forEach(name -> headers.put(name, stored.getString(name)));
    headers.put("ce_recordedtime", recordedAt);
    return new OutgoingRecord(
        row.getUUID("id"),
        row.getString("aggregatetype"),
        row.getString("aggregateid"),
        row.getString("type"),
        headers,
        row.getBuffer("payload").getBytes());
  }
}
