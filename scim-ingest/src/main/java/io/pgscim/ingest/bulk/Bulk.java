package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.ingest.resources.Resources;
import io.pgscim.scim.ScimException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/** Bulk requests. */
@ApplicationScoped
public class Bulk {
  private static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

  private final Vertx vertx;
  private final Catalog catalog;
  private final Resources resources;
  private final int maxOperations;

  public Bulk(Vertx vertx, Catalog catalog, Resources resources, IngestConfig config) {
    this.vertx = vertx;
    this.catalog = catalog;
    this.resources = resources;
    this.maxOperations = config.limits().bulkOperations();
  }

  /** POST /Bulk: 200 whatever became of the operations. */
  public Future<Answer> run(Call call, ObjectNode body) {
    BulkRequest request = BulkRequest.of(body, maxOperations);
    // It waits for one operation after the other, on a thread that may.
    return vertx.executeBlocking(
        () -> response(new BulkRun(catalog, resources, call, request, null)), false);
  }

  /**
   * How many operations the body has.
   *
   * @throws ScimException 400, 413 when it cannot be run
   */
  public int operations(ObjectNode body) {
    return BulkRequest.of(body, maxOperations).operations().size();
  }

  /** The same in blocking style, for what goes on after a crash where the journal says it was. */
  public Answer run(Call call, ObjectNode body, Journal journal) {
    // The limit held when the request was taken in, and may have been lowered since.
    BulkRequest request = BulkRequest.of(body, Integer.MAX_VALUE);
    return response(new BulkRun(catalog, resources, call, request, journal));
  }

  private static Answer response(BulkRun run) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.putArray("schemas").add(RESPONSE);
    ArrayNode operations = response.putArray("Operations");
    run.results().forEach(operations::add);
    return Answer.ok(response);
  }
}
