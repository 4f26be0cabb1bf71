package io.pgscim.ingest.deferred;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.Cause;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.resources.Call;
import io.pgscim.scim.json.StrictJson;
import io.pgscim.scim.resource.Tolerance;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A request that waits to be done.
 *
 * @param path relative to the base URL
 * @param body null for none
 */
record DeferredRequest(Call call, String method, String path, ObjectNode body) {

  static DeferredRequest of(Row row) {
    Cause cause =
        new Cause(
            row.getUUID("txn").toString(),
            row.getString("actor"),
            row.getOffsetDateTime("arrived").toInstant(),
            row.getString("traceparent"));
    // As it was when the request was taken in, whatever is configured by now.
    Source source =
        new Source(
            row.getString("source"),
            row.getString("source_path"),
            Tolerance.valueOf(row.getString("tolerance")));
    Call call =
        new Call(
            source,
            cause,
            row.getString("base_url"),
            name -> null,
            row.getString("if_match"),
            row.getString("if_none_match"),
            null,
            null);
    String body = row.getString("body");
    return new DeferredRequest(
        call,
        row.getString("method"),
        row.getString("path"),
        body == null ? null : StrictJson.object(body.getBytes(StandardCharsets.UTF_8)));
  }

  UUID txn() {
    return UUID.fromString(call.cause().txn());
  }

  boolean bulk() {
    return path.equals("/Bulk");
  }

  /** What {@code accept.sql} takes. */
  Tuple parameters(int mostRequests, long mostBytes) {
    return Tuple.tuple()
        .addUUID(txn())
        .addString(call.source().name())
        .addString(call.source().path())
        .addString(call.source().tolerance().name())
        .addString(call.cause().actor())
        .addOffsetDateTime(call.cause().requestedAt().atOffset(ZoneOffset.UTC))
        .addString(call.cause().traceparent())
        .addString(call.baseUrl())
        .addString(method)
        .addString(path)
        .addString(call.ifMatch())
        .addString(call.ifNoneMatch())
        .addString(body == null ? null : body.toString())
        .addInteger(mostRequests)
        .addLong(mostBytes);
  }
}
