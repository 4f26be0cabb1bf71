package io.pgscim.ingest.deferred;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.bulk.Await;
import io.pgscim.ingest.bulk.Bulk;
import io.pgscim.ingest.bulk.BulkResult;
import io.pgscim.ingest.bulk.Journal;
import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.ingest.discovery.Place;
import io.pgscim.ingest.errors.ScimErrors;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.ingest.resources.Resources;
import io.pgscim.ingest.resources.Write;
import io.pgscim.scim.ScimException;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Does one deferred request. When a method returns, its completions are durable. */
@ApplicationScoped
class Execution {
  private final Pool pool;
  private final Catalog catalog;
  private final Resources resources;
  private final Bulk bulk;

  Execution(Pool pool, Catalog catalog, Resources resources, Bulk bulk) {
    this.pool = pool;
    this.catalog = catalog;
    this.resources = resources;
    this.bulk = bulk;
  }

  /**
   * Does what of the request is not done yet.
   *
   * @param waiting who is told the answer; null for nobody
   * @throws RuntimeException when the directory is away: then it is to be tried again
   */
  void of(DeferredRequest request, Promise<Answer> waiting) {
    Journal journal = new CompletionJournal(pool, request);
    try {
      Answer answer = request.bulk() ? bulk(request, journal) : single(request, journal);
      if (waiting != null && answer != null) {
        waiting.tryComplete(answer);
      }
    } catch (ScimException e) {
      if (e.status() == 503) {
        // It will be done yet; whoever waits is told so in the end.
        throw e;
      }
      if (waiting != null) {
        waiting.tryFail(e);
      }
    }
  }

  /** A bulk request that is wrong as a whole has no operations to complete. */
  private Answer bulk(DeferredRequest request, Journal journal) {
    return bulk.run(request.call(), request.body(), journal);
  }

  private Answer single(DeferredRequest request, Journal journal) {
    if (!journal.before().isEmpty()) {
      return null;
    }
    String path = request.path();
    Call call = request.call();
    Place place = catalog.place(path);
    String location = place == null || place.id() == null ? null : call.baseUrl() + path;
    Call closing =
        call.closing(answer -> journal.done(0, path, success(request, answer, location), false));
    Answer answer;
    try {
      answer = Await.result(resources.write(closing, write(request, place)));
    } catch (RuntimeException e) {
      ScimException error = ScimErrors.of(e, call.cause().txn());
      if (error.status() != 503) {
        journal.note(0, path, BulkResult.failure(request.method(), error, location));
      }
      throw error;
    }
    journal.note(0, path, success(request, answer, location));
    return answer;
  }

  private static Write write(DeferredRequest request, Place place) {
    if (place == null) {
      throw ScimException.of(404, "there is no such endpoint any more");
    }
    return Write.of(request.method(), place.type(), place.id(), request.body());
  }

  /** A POST learns only by its answer where its resource is. */
  private static ObjectNode success(DeferredRequest request, Answer answer, String location) {
    String where = location == null ? answer.location() : location;
    return BulkResult.success(request.method(), answer, where);
  }
}
