package io.pgscim.ingest.clients;

import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.SecurityEvent;
import io.pgscim.ingest.publish.Relay;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Security events of this service, on their way into the outbox. */
@ApplicationScoped
public class SecurityLog {
  /** Who says so. */
  public static final String REPORTER = "scim-ingest";

  private final Relay relay;

  public SecurityLog(Relay relay) {
    this.relay = relay;
  }

  /** Adds events to the caller's transaction. */
  public Future<Void> add(SqlClient tx, Cause cause, List<? extends SecurityEvent> events) {
    return insert(
        tx,
        events.stream()
            .map(event -> Envelope.of("/" + REPORTER, Instant.now(), cause, event))
            .toList());
  }

  /** Says that the transaction was committed. */
  public void committed() {
    relay.wake();
  }

  /** The rows themselves, where no relay runs. */
  public static Future<Void> insert(SqlClient tx, List<Envelope> events) {
    return events.isEmpty()
        ? Future.succeededFuture()
        : tx.preparedQuery(Relay.OUTBOX.insertSql())
            .execute(
                Outbox.parameters(events.stream().map(OutgoingRecord::of).toList()).getDelegate())
            .mapEmpty();
  }
}
