package io.pgscim.ingest.deferred;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.directory.Ids;
import io.pgscim.ingest.directory.Sql;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.scim.ScimException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** Takes requests in to be done later, and tells what became of them. */
@ApplicationScoped
public class Deferred {
  /** Where completion events are read, relative to the base URL. */
  public static final String TRANSACTIONS = "/Transactions";

  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  private static final String ACCEPT = Sql.read(Deferred.class, "accept");
  private static final String READ = Sql.read(Deferred.class, "read");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx;
  private final Pool pool;
  private final DeferredWorker worker;
  private final IngestConfig.Limits limits;

  public Deferred(Vertx vertx, Pool pool, DeferredWorker worker, IngestConfig config) {
    this.vertx = vertx;
    this.pool = pool;
    this.worker = worker;
    this.limits = config.limits();
  }

  /**
   * Takes a request in. Completes with 202 once it is durable; or, when the client is willing to
   * wait and it is done by then, with its own answer.
   *
   * @param path what it names, relative to the base URL
   * @return fails with 503 when too much waits already
   */
  public Future<Answer> accept(
      Call call, String method, String path, ObjectNode body, Duration patience) {
    DeferredRequest request = new DeferredRequest(call, method, path, body);
    Answer accepted =
        new Answer(202, null, call.baseUrl() + TRANSACTIONS + "/" + request.txn(), null);
    Promise<Answer> done = Promise.promise();
    if (patience.isPositive()) {
      worker.tell(request, done);
      vertx.setTimer(patience.toMillis(), late -> done.tryComplete(accepted));
    }
    return pool.preparedQuery(ACCEPT)
        .execute(request.parameters(limits.deferredRequests(), limits.deferredSize().asLongValue()))
        .compose(
            rows -> {
              if (rows.rowCount() == 0) {
                return Future.failedFuture(
                    ScimException.of(503, "too many requests wait to be done; try again"));
              }
              worker.wake();
              return patience.isPositive()
                  ? done.future().eventually(() -> worker.forget(request))
                  : Future.succeededFuture(accepted);
            })
        .onFailure(failure -> worker.forget(request));
  }

  /**
   * What became of a request of this source: its completion event, for a bulk request a list of
   * them, 202 while it is not done. An event of a bulk request may be asked for by its own txn.
   *
   * @param txn as in Set-Txn, or as in an event
   */
  public Future<Answer> completion(Call call, String txn) {
    int colon = txn.indexOf(':');
    UUID id = Ids.parse(colon < 0 ? txn : txn.substring(0, colon));
    if (id == null) {
      throw gone();
    }
    return pool.preparedQuery(READ)
        .execute(Tuple.of(id, call.source().name()))
        .map(rows -> colon < 0 ? whole(call, id, rows) : one(txn.substring(colon + 1), rows));
  }

  private static Answer whole(Call call, UUID txn, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw gone();
    }
    Row first = rows.iterator().next();
    if (!first.getBoolean("done")) {
      return new Answer(202, null, call.baseUrl() + TRANSACTIONS + "/" + txn, null);
    }
    if (!first.getString("path").equals("/Bulk")) {
      return Answer.ok(event(first));
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("schemas").add(LIST);
    list.put("totalResults", rows.size());
    ArrayNode events = list.putArray("Resources");
    rows.forEach(row -> events.add(event(row)));
    return Answer.ok(list);
  }

  private static Answer one(String operation, RowSet<Row> rows) {
    for (Row row : rows) {
      if (row.getInteger("operation") != null
          && row.getInteger("operation").toString().equals(operation)) {
        return Answer.ok(event(row));
      }
    }
    throw gone();
  }

  private static ObjectNode event(Row row) {
    try {
      return (ObjectNode) JSON.readTree(row.getString("event"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event in the directory is JSON", e);
    }
  }

  private static ScimException gone() {
    return ScimException.of(404, "there is no such transaction, or not any more");
  }
}
