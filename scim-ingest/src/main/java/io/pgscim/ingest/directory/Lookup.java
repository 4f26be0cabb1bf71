package io.pgscim.ingest.directory;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.directory.Query.Part;
import io.pgscim.ingest.directory.Query.Position;
import io.pgscim.ingest.directory.Query.Slice;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads from the directory. */
@ApplicationScoped
public class Lookup {
  private static final String TOOK_TOO_LONG = "57014";

  private final Pool pool;
  private final Turns searches;
  private final long pageSize;

  public Lookup(Pool pool, IngestConfig config) {
    this.pool = pool;
    this.searches = new Turns(config.limits().searches());
    this.pageSize = config.limits().pageSize().asLongValue();
  }

  /** The resource; null when it is not there. */
  public Future<Stored> find(ResourceKey key, Links links) {
    return pool.preparedQuery(links.selectOne())
        .execute(parameters(key))
        .map(rows -> Rows.first(rows, key.source(), key.type()));
  }

  static Tuple parameters(ResourceKey key) {
    return Tuple.of(key.id(), key.source().name(), key.type().name());
  }

  /**
   * A page of what the query finds. Fails with 400 tooMany when that takes the database too long,
   * and with 429 when too many such queries are under way.
   */
  public Future<Page> list(Query query) {
    ListSql sql = new ListSql(query, pageSize);
    Future<Page> page = sql.walks() ? searches.take(() -> listed(query, sql)) : listed(query, sql);
    return page.recover(failure -> Future.failedFuture(tooLong(failure)));
  }

  private static Throwable tooLong(Throwable failure) {
    return failure instanceof PgException refused && TOOK_TOO_LONG.equals(refused.getSqlState())
        ? ScimException.badRequest(
            ScimType.TOO_MANY, "this takes too long: make the filter simpler, or do not sort")
        : failure;
  }

  private Future<Page> listed(Query query, ListSql sql) {
    if (query.slice().count() == 0) {
      return count(query).map(Page::empty);
    }
    return pool.preparedQuery(sql.page())
        .execute(sql.parameters())
        .map(rows -> page(query, rows))
        .compose(page -> counted(query, page));
  }

  private static Page page(Query query, RowSet<Row> rows) {
    List<Stored> resources = new ArrayList<>(rows.size());
    List<Position> positions = new ArrayList<>(rows.size());
    long found = 0;
    for (Row row : rows) {
      found = row.getLong("found");
      resources.add(Rows.stored(row, query.source(), type(query, row.getString("type"))));
      String value = query.sorted() ? row.getString("value") : null;
      positions.add(new Position(value, row.getUUID("id")));
    }
    boolean more = found > Math.min(rows.size(), query.slice().count());
    if (resources.size() > query.slice().count()) {
      resources.removeLast();
      positions.removeLast();
    }
    if (query.slice() instanceof Slice.After after && after.backwards()) {
      Collections.reverse(resources);
      Collections.reverse(positions);
    }
    return resources.isEmpty()
        ? Page.empty(Page.UNCOUNTED)
        : new Page(resources, Page.UNCOUNTED, more, positions.getFirst(), positions.getLast());
  }

  private static ResourceType type(Query query, String name) {
    for (Part part : query.parts()) {
      if (part.type().name().equals(name)) {
        return part.type();
      }
    }
    throw new IllegalStateException("a row has a type that was asked for");
  }

  /** A page that is the last tells the total by itself. */
  private Future<Page> counted(Query query, Page page) {
    int size = page.resources().size();
    return switch (query.slice()) {
      case Slice.From(long skip, int count) -> {
        boolean last = size < count && !page.more() && (size > 0 || skip == 0);
        yield last ? Future.succeededFuture(page.counted(skip + size)) : count(query, page);
      }
      case Slice.After(Position position, boolean backwards, int count) -> {
        boolean known = position != null || !page.more();
        yield known
            ? Future.succeededFuture(position == null ? page.counted(size) : page)
            : count(query, page);
      }
    };
  }

  private Future<Page> count(Query query, Page page) {
    return count(query).map(page::counted);
  }

  private Future<Long> count(Query query) {
    ListSql sql = new ListSql(query, pageSize);
    return pool.preparedQuery(sql.total())
        .execute(sql.parameters())
        .map(rows -> rows.iterator().next().getLong(0));
  }
}
