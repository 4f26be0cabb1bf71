package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.cursor.Cursor;
import io.pgscim.ingest.cursor.Cursors;
import io.pgscim.ingest.directory.Links;
import io.pgscim.ingest.directory.Lookup;
import io.pgscim.ingest.directory.Page;
import io.pgscim.ingest.directory.Query;
import io.pgscim.ingest.directory.Query.Part;
import io.pgscim.ingest.directory.Query.Position;
import io.pgscim.ingest.directory.Query.Slice;
import io.pgscim.ingest.directory.Stored;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resources of one type or of several, by index or by cursor (RFC 7644 §3.4.2, RFC 9865). */
@ApplicationScoped
public class Listing {
  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private final Lookup lookup;
  private final Cursors cursors;
  private final IngestConfig.Limits limits;

  public Listing(Lookup lookup, Cursors cursors, IngestConfig config) {
    this.lookup = lookup;
    this.cursors = cursors;
    this.limits = config.limits();
  }

  /**
   * GET of many, or the same asked by POST.
   *
   * @param types all that are asked at this endpoint
   */
  public Future<Answer> list(Call call, List<ResourceType> types) {
    Map<ResourceType, Projection> projections = new LinkedHashMap<>();
    types.forEach(type -> projections.put(type, call.projection(type)));
    Paging paging = Paging.of(call::parameter, limits.defaultResults(), limits.maxResults());
    Sorting sorting = Sorting.of(call.parameter("sortBy"), call.parameter("sortOrder"), types);
    List<Part> parts = parts(call.parameter("filter"), sorting, projections);
    return switch (paging) {
      case Paging.Index(long startIndex, int count) ->
          lookup
              .list(query(call, parts, sorting, new Slice.From(startIndex - 1, count)))
              .map(page -> Answer.ok(list(call, projections, page).put("startIndex", startIndex)));
      case Paging.ByCursor(String cursor, int count) when cursor.isEmpty() ->
          lookup
              .list(query(call, parts, sorting, new Slice.After(null, false, count)))
              .compose(
                  page -> turned(call, types, null, count, page, list(call, projections, page)));
      case Paging.ByCursor(String text, int count) ->
          cursors
              .open(text, identity(call, types))
              .compose(
                  cursor -> {
                    Paging.sameCount(cursor.count(), count);
                    Slice slice = new Slice.After(cursor.position(), cursor.backwards(), count);
                    return lookup
                        .list(query(call, parts, sorting, slice))
                        .map(page -> page.counted(cursor.total()))
                        .compose(
                            page ->
                                turned(
                                    call,
                                    types,
                                    cursor,
                                    count,
                                    page,
                                    list(call, projections, page)));
                  });
    };
  }

  private static List<Part> parts(
      String text, Sorting sorting, Map<ResourceType, Projection> projections) {
    Filter filter = text == null ? null : Filter.parse(text);
    List<ResourceType> types = List.copyOf(projections.keySet());
    List<Part> parts = new ArrayList<>();
    projections.forEach(
        (type, projection) ->
            parts.add(
                new Part(
                    type,
                    filter == null ? null : filter.on(type, types),
                    sorting.in(type),
                    Links.shown(type, projection))));
    return parts;
  }

  private static Query query(Call call, List<Part> parts, Sorting sorting, Slice slice) {
    return new Query(call.source(), parts, sorting.by() != null, sorting.descending(), slice);
  }

  private static ObjectNode list(Call call, Map<ResourceType, Projection> projections, Page page) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("schemas").add(LIST);
    list.put("totalResults", page.total());
    list.put("itemsPerPage", page.resources().size());
    ArrayNode resources = list.putArray("Resources");
    for (Stored stored : page.resources()) {
      Projection projection = projections.get(stored.type());
      resources.add(new Representation(call.baseUrl(), projection).of(stored));
    }
    return list;
  }

  /**
   * Adds the cursors of the pages beside this one.
   *
   * @param from the one that led here; null on the first page
   */
  private Future<Answer> turned(
      Call call, List<ResourceType> types, Cursor from, int count, Page page, ObjectNode list) {
    boolean back = from != null && from.backwards();
    boolean some = page.first() != null;
    boolean next = some && (back || page.more());
    boolean previous = some && from != null && (!back || page.more());
    List<String> query = identity(call, types);
    return cursor(next, page.last(), false, count, page, query)
        .compose(
            after ->
                cursor(previous, page.first(), true, count, page, query)
                    .map(
                        before -> {
                          if (before != null) {
                            list.put("previousCursor", before);
                          }
                          if (after != null) {
                            list.put("nextCursor", after);
                          }
                          return Answer.ok(list);
                        }));
  }

  private Future<String> cursor(
      boolean wanted, Position at, boolean back, int count, Page page, List<String> query) {
    return wanted ? cursors.at(at, back, count, page.total(), query) : Future.succeededFuture();
  }

  /** What a client must repeat with every cursor (RFC 9865 §2), and what it is about. */
  private static List<String> identity(Call call, List<ResourceType> types) {
    List<String> all = new ArrayList<>();
    all.add(call.source().name());
    types.forEach(type -> all.add(type.name()));
    for (String name :
        List.of("filter", "sortBy", "sortOrder", "attributes", "excludedAttributes")) {
      all.add(call.parameter(name));
    }
    return all;
  }
}
