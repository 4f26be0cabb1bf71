package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.directory.Statement;
import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.ingest.discovery.Place;
import io.pgscim.ingest.errors.ScimErrors;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.ingest.resources.Resources;
import io.pgscim.ingest.resources.Write;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One bulk request at work, in plain blocking style. Operations are done in their order, each
 * durable by itself; one that names what a later one creates waits for it. Where they wait for each
 * other in a circle, the first that creates something does so without what it cannot name yet, and
 * is completed as soon as it can (RFC 7644 §3.7.1); should that fail, what it created is taken
 * back, so that an operation with an error has left nothing.
 */
final class BulkRun {
  private final Catalog catalog;
  private final Resources resources;
  private final Call call;
  private final BulkRequest request;
  private final Journal journal;
  private final Map<String, Integer> creators = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final Map<String, List<BulkOperation>> waiting = new LinkedHashMap<>();
  private final Deque<BulkOperation> ready = new ArrayDeque<>();
  private final Map<Integer, Unfinished> unfinished = new TreeMap<>();
  private final Map<Integer, ObjectNode> results = new TreeMap<>();
  private int next;
  private int errors;

  /**
   * What was created without that part of it that names others.
   *
   * @param later a PATCH that adds the part
   */
  private record Unfinished(Place place, ObjectNode later) {}

  /**
   * @param journal null when nobody goes on with the request after a crash
   */
  BulkRun(Catalog catalog, Resources resources, Call call, BulkRequest request, Journal journal) {
    this.catalog = catalog;
    this.resources = resources;
    this.call = call;
    this.request = request;
    this.journal = journal;
    for (BulkOperation operation : request.operations()) {
      if (operation.creates() && operation.bulkId() != null) {
        creators.putIfAbsent(operation.bulkId(), operation.index());
      }
    }
    if (journal != null) {
      journal.before().forEach((index, entry) -> resume(request.operations().get(index), entry));
    }
  }

  /** Takes over what was done before. */
  private void resume(BulkOperation operation, Journal.Entry entry) {
    boolean failure = entry.result() != null && BulkResult.isFailure(entry.result());
    if (failure) {
      errors++;
    }
    if (owns(operation)) {
      if (failure) {
        failed.add(operation.bulkId());
      } else {
        ids.put(operation.bulkId(), new Answer(201, null, entry.location(), null).id());
      }
    }
    if (entry.result() == null) {
      // Which part was left out is not known any more; to add all of it again changes nothing.
      ObjectNode later = References.split(operation.data(), operation.references()).later();
      Place place = new Place(place(operation).type(), ids.get(operation.bulkId()));
      unfinished.put(operation.index(), new Unfinished(place, later));
      ready.add(operation);
    } else {
      results.put(operation.index(), entry.result());
    }
  }

  /** The results of the operations that were processed, in the order of the request. */
  Collection<ObjectNode> results() {
    boolean more = true;
    while (more && errors < request.failOnErrors()) {
      if (!ready.isEmpty()) {
        attempt(ready.poll());
      } else if (next < request.operations().size()) {
        BulkOperation operation = request.operations().get(next++);
        if (!results.containsKey(operation.index()) && !unfinished.containsKey(operation.index())) {
          attempt(operation);
        }
      } else {
        more = breakCircle();
      }
    }
    for (int index : List.copyOf(unfinished.keySet())) {
      fail(request.operations().get(index), conflict("the request ended before it was complete"));
    }
    if (journal != null) {
      request.operations().forEach(this::noteIfSkipped);
    }
    return results.values();
  }

  /**
   * Beyond failOnErrors nothing is done any more, and a bulk response does not mention it; but each
   * operation of a deferred request completes once (RFC 9967 §2.5.1.2).
   */
  private void noteIfSkipped(BulkOperation operation) {
    if (!results.containsKey(operation.index())) {
      ScimException skipped =
          ScimException.of(424, "not done, because as many operations failed as failOnErrors says");
      journal.note(
          operation.index(),
          operation.path(),
          named(operation, BulkResult.failure(operation.method(), skipped, null)));
    }
  }

  private void attempt(BulkOperation operation) {
    try {
      operation.check();
      if (duplicate(operation)) {
        throw invalid("bulkId " + operation.bulkId() + " is used twice");
      }
      String missing = missing(operation.references());
      if (missing != null) {
        waiting.computeIfAbsent(missing, id -> new ArrayList<>()).add(operation);
      } else if (unfinished.containsKey(operation.index())) {
        complete(operation);
      } else {
        execute(operation, operation.data(), false);
      }
    } catch (RuntimeException e) {
      fail(operation, ScimErrors.of(e, call.cause().txn()));
    }
  }

  private boolean duplicate(BulkOperation operation) {
    return operation.creates() && !owns(operation);
  }

  /** The first reference that stands for no id yet; null when all do. */
  private String missing(Set<String> references) {
    String missing = null;
    for (String reference : references) {
      if (!creators.containsKey(reference)) {
        throw invalid("no operation creates bulkId:" + shown(reference));
      }
      if (failed.contains(reference)) {
        throw conflict("bulkId:" + shown(reference) + " was not created");
      }
      missing = missing == null && !ids.containsKey(reference) ? reference : missing;
    }
    return missing;
  }

  /**
   * @param begins whether the data is not all yet
   */
  private void execute(BulkOperation operation, ObjectNode data, boolean begins) {
    Place place = place(operation);
    ObjectNode resolved = data == null ? null : (ObjectNode) References.resolved(data, ids);
    Call conditional =
        call.onlyIf(operation.creates() ? null : operation.version())
            .closing(
                closing(
                    ended ->
                        begins
                            ? journal.begun(operation.index(), ended.location())
                            : done(operation, success(operation, place, ended), false)));
    Answer answer = Await.result(resources.write(conditional, write(operation, place, resolved)));
    if (operation.creates()) {
      ids.put(operation.bulkId(), answer.id());
      settled(operation.bulkId());
    }
    if (!begins) {
      result(operation, success(operation, place, answer));
    }
  }

  private Function<Answer, Statement> closing(Function<Answer, Statement> statement) {
    return journal == null ? null : statement;
  }

  private Statement done(BulkOperation operation, ObjectNode result, boolean begun) {
    return journal.done(operation.index(), operation.path(), result, begun);
  }

  private void result(BulkOperation operation, ObjectNode result) {
    if (journal != null) {
      journal.note(operation.index(), operation.path(), result);
    }
    results.put(operation.index(), result);
  }

  private ObjectNode success(BulkOperation operation, Place place, Answer answer) {
    String location =
        operation.creates()
            ? answer.location()
            : call.baseUrl() + place.type().endpoint() + "/" + place.id();
    return named(operation, BulkResult.success(operation.method(), answer, location));
  }

  private static ObjectNode named(BulkOperation operation, ObjectNode result) {
    return operation.bulkId() == null ? result : result.put("bulkId", operation.bulkId());
  }

  private void settled(String bulkId) {
    List<BulkOperation> waited = waiting.remove(bulkId);
    if (waited != null) {
      ready.addAll(waited);
    }
  }

  /**
   * All that are left wait for each other.
   *
   * @return whether one of them could begin
   */
  private boolean breakCircle() {
    BulkOperation first =
        waiting.values().stream()
            .flatMap(List::stream)
            .filter(each -> each.creates() && !unfinished.containsKey(each.index()))
            .min(Comparator.comparingInt(BulkOperation::index))
            .orElse(null);
    if (first == null) {
      return false;
    }
    waiting.values().forEach(list -> list.remove(first));
    Set<String> unknown = first.references();
    unknown.removeAll(ids.keySet());
    References.Split split = References.split(first.data(), unknown);
    try {
      execute(first, split.now(), true);
      Place place = new Place(place(first).type(), ids.get(first.bulkId()));
      unfinished.put(first.index(), new Unfinished(place, split.later()));
      ready.add(first);
    } catch (RuntimeException e) {
      fail(first, ScimErrors.of(e, call.cause().txn()));
    }
    return true;
  }

  /** Says the rest; to the client the creation is one operation, at the version it ends with. */
  private void complete(BulkOperation operation) {
    Unfinished begun = unfinished.get(operation.index());
    ObjectNode later = (ObjectNode) References.resolved(begun.later(), ids);
    Call closing =
        call.onlyIf(null)
            .closing(
                closing(ended -> done(operation, success(operation, null, created(ended)), true)));
    Answer answer =
        Await.result(
            resources.write(
                closing, new Write.Modify(begun.place().type(), begun.place().id(), later)));
    unfinished.remove(operation.index());
    result(operation, success(operation, null, created(answer)));
  }

  private static Answer created(Answer changed) {
    return new Answer(201, null, changed.location(), changed.etag());
  }

  private void fail(BulkOperation operation, ScimException error) {
    if (journal != null && error.status() == 503) {
      // Not how the operation ended: it is to be tried again.
      throw error;
    }
    errors++;
    Unfinished begun = unfinished.remove(operation.index());
    if (begun != null) {
      takeBack(begun.place());
    }
    if (owns(operation)) {
      ids.remove(operation.bulkId());
      failed.add(operation.bulkId());
      settled(operation.bulkId());
    }
    Place place = catalog.place(operation.path());
    boolean located = !operation.creates() && place != null && place.id() != null;
    String location = located ? call.baseUrl() + operation.path() : null;
    result(operation, named(operation, BulkResult.failure(operation.method(), error, location)));
  }

  /** Whether the operation's bulkId stands for what it creates. */
  private boolean owns(BulkOperation operation) {
    return operation.creates()
        && operation.bulkId() != null
        && creators.get(operation.bulkId()) == operation.index();
  }

  private void takeBack(Place place) {
    try {
      Await.result(
          resources.write(
              call.onlyIf(null).closing(null), new Write.Delete(place.type(), place.id())));
    } catch (RuntimeException e) {
      // Whoever reads the log can see what is left; the operation has its error already.
      ScimErrors.of(e, call.cause().txn());
    }
  }

  private Place place(BulkOperation operation) {
    Place place = catalog.place(References.resolved(operation.path(), ids));
    if (place == null) {
      throw invalid("path names no resource and no resource type's endpoint");
    }
    return place;
  }

  private static Write write(BulkOperation operation, Place place, ObjectNode data) {
    Write write = Write.of(operation.method(), place.type(), place.id(), data);
    if (write == null) {
      throw invalid(
          operation.creates()
              ? "the path of a POST is a resource type's endpoint"
              : "the path of a " + operation.method() + " is a resource");
    }
    return write;
  }

  private static String shown(String bulkId) {
    return bulkId.length() <= 64 ? bulkId : bulkId.substring(0, 64) + "…";
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }

  private static ScimException conflict(String detail) {
    return ScimException.of(409, detail);
  }
}
