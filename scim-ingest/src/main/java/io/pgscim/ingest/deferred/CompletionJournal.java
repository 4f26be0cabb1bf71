package io.pgscim.ingest.deferred;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.bulk.Await;
import io.pgscim.ingest.bulk.BulkResult;
import io.pgscim.ingest.bulk.Journal;
import io.pgscim.ingest.directory.Statement;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.TreeMap;

/**
 * The completions of one deferred request. What an operation did and its completion commit
 * together; the primary key lets no operation be done twice, even if two workers should think that
 * they lead.
 */
final class CompletionJournal implements Journal {
  private static final String BEFORE =
      "SELECT operation, location, event FROM scim.completion WHERE txn = $1";
  private static final String INSERT =
      "INSERT INTO scim.completion (txn, operation, location, event) VALUES ($1, $2, $3, $4)";
  private static final String COMPLETE =
      "UPDATE scim.completion SET event = $4, location = $3 WHERE txn = $1 AND operation = $2 AND event IS NULL";
  private static final String NOTE =
      INSERT
          + " ON CONFLICT (txn, operation) DO UPDATE SET event = excluded.event, location ="
          + " excluded.location WHERE completion.event IS NULL";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Pool pool;
  private final DeferredRequest request;

  CompletionJournal(Pool pool, DeferredRequest request) {
    this.pool = pool;
    this.request = request;
  }

  @Override
  public Map<Integer, Entry> before() {
    Map<Integer, Entry> before = new TreeMap<>();
    for (Row row : Await.result(pool.preparedQuery(BEFORE).execute(Tuple.of(request.txn())))) {
      String event = row.getString("event");
      before.put(
          row.getInteger("operation"),
          new Entry(row.getString("location"), event == null ? null : result(event)));
    }
    return before;
  }

  @Override
  public Statement begun(int operation, String location) {
    return new Statement(INSERT, parameters(operation, location, null));
  }

  @Override
  public Statement done(int operation, String path, ObjectNode result, boolean begun) {
    return new Statement(begun ? COMPLETE : INSERT, parameters(operation, path, result));
  }

  /** For what changed nothing: an error, or a write of what was there already. */
  @Override
  public void note(int operation, String path, ObjectNode result) {
    Tuple parameters = parameters(operation, path, result);
    int noted = Await.result(pool.preparedQuery(NOTE).execute(parameters)).rowCount();
    if (noted == 0 && BulkResult.isFailure(result)) {
      throw new IllegalStateException("somebody else did the operation that failed here");
    }
  }

  private Tuple parameters(int operation, String path, ObjectNode result) {
    String location = result == null ? path : result.path("location").textValue();
    String txn = request.call().cause().txn() + (request.bulk() ? ":" + operation : "");
    String event =
        result == null ? null : CompletionEvent.of(request.call(), txn, path, result).toString();
    return Tuple.of(request.txn(), operation, location, event);
  }

  private static ObjectNode result(String event) {
    try {
      return (ObjectNode) JSON.readTree(event).get("events").get(CompletionEvent.URI);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event in the directory is JSON", e);
    }
  }
}
