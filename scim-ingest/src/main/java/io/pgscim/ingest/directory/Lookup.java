package io.pgscim.ingest.directory;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.filter.Condition.Operand;
import io.pgscim.scim.filter.Operator;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.CommonAttributes;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads from the directory. */
@ApplicationScoped
public class Lookup {
  private static final Target ID = common("id");
  private static final Target EXTERNAL_ID = common("externalId");

  private static final String TOOK_TOO_LONG = "57014";

  private final Pool pool;
  private final Turns searches;

  public Lookup(Pool pool, IngestConfig config) {
    this.pool = pool;
    this.searches = new Turns(config.limits().searches());
  }

  private static Target common(String name) {
    return new Target(null, CommonAttributes.ALL.named(name), null);
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
    Future<Page> page = walks(query) ? searches.take(() -> listed(query)) : listed(query);
    return page.recover(failure -> Future.failedFuture(tooLong(failure)));
  }

  private static Throwable tooLong(Throwable failure) {
    return failure instanceof PgException refused && TOOK_TOO_LONG.equals(refused.getSqlState())
        ? ScimException.badRequest(ScimType.TOO_MANY, "the filter takes too long: make it simpler")
        : failure;
  }

  private Future<Page> listed(Query query) {
    if (query.count() == 0) {
      return count(query).map(total -> new Page(List.of(), total));
    }
    ConditionSql condition = new ConditionSql(query.type());
    String where = where(query, condition);
    String page =
        "(SELECT * FROM scim.resource r WHERE "
            + where
            + " ORDER BY r.id LIMIT "
            + condition.parameter((long) query.count())
            + " OFFSET "
            + condition.parameter(query.skip())
            + ")";
    return pool.preparedQuery(query.links().select(page) + " ORDER BY r.id")
        .execute(condition.parameters())
        .compose(rows -> total(query, rows).map(total -> page(query, rows, total)));
  }

  private static Page page(Query query, RowSet<Row> rows, long total) {
    return new Page(Rows.all(rows, query.source(), query.type()), total);
  }

  /** A page that is not full is the last, and tells the total by itself. */
  private Future<Long> total(Query query, RowSet<Row> rows) {
    boolean last = rows.size() < query.count() && (rows.size() > 0 || query.skip() == 0);
    return last ? Future.succeededFuture(query.skip() + rows.size()) : count(query);
  }

  private Future<Long> count(Query query) {
    ConditionSql condition = new ConditionSql(query.type());
    return pool.preparedQuery(
            "SELECT count(*) FROM scim.resource r WHERE " + where(query, condition))
        .execute(condition.parameters())
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static String where(Query query, ConditionSql condition) {
    KeyAttribute key = KeyAttribute.of(query.type());
    StringBuilder where = new StringBuilder("r.source = ");
    where.append(condition.parameter(query.source().name()));
    where.append(" AND r.type = ").append(condition.parameter(query.type().name()));
    // Holds for every row of the type, and says which of two partial indexes has its names.
    where.append(key.unique() ? " AND r.name_unique" : " AND NOT r.name_unique");
    if (query.condition() == null || !finds(query.condition(), key)) {
      // Always holds, and opens the index that has all rows of the type in order.
      where.append(" AND r.type <> ''");
    }
    if (query.condition() != null) {
      where.append(" AND ").append(condition.of(query.condition()));
    }
    return where.toString();
  }

  /** Whether more resources have to be looked at than are found. */
  private static boolean walks(Query query) {
    return query.condition() != null && !finds(query.condition(), KeyAttribute.of(query.type()));
  }

  /**
   * Whether the condition names an id or a name, so that an index leads to the few rows it means.
   */
  private static boolean finds(Condition condition, KeyAttribute key) {
    return switch (condition) {
      case Condition.All all -> all.parts().stream().anyMatch(part -> finds(part, key));
      case Condition.Test test ->
          test.operator() == Operator.EQ
              && test.operand() instanceof Operand.Text
              && (key.is(test.target())
                  || test.target().equals(ID)
                  || test.target().equals(EXTERNAL_ID));
      case Condition.Any any -> false;
      case Condition.Not not -> false;
      case Condition.Present present -> false;
      case Condition.Element element -> false;
    };
  }
}
