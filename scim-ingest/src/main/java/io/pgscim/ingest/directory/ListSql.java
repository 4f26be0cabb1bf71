package io.pgscim.ingest.directory;

import io.pgscim.ingest.directory.Query.Part;
import io.pgscim.ingest.directory.Query.Position;
import io.pgscim.ingest.directory.Query.Slice;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.filter.Condition.Operand;
import io.pgscim.scim.filter.Operator;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.CommonAttributes;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query as SQL: one branch for each resource type, put in order together, and what would make the
 * page too large left out.
 */
final class ListSql {
  private static final Target ID = common("id");
  private static final Target EXTERNAL_ID = common("externalId");

  /** What a member takes in an answer, roughly, with its URL and name. */
  private static final int MEMBER_SIZE = 200;

  private final Query query;
  private final long mostBytes;
  private final List<Object> parameters = new ArrayList<>();
  private final List<ConditionSql> conditions = new ArrayList<>();
  private final List<SortSql> sorts = new ArrayList<>();

  /**
   * @param mostBytes of a page with more than one resource
   */
  ListSql(Query query, long mostBytes) {
    this.query = query;
    this.mostBytes = mostBytes;
    for (Part part : query.parts()) {
      conditions.add(new ConditionSql(part.type(), parameters));
    }
  }

  private void sort() {
    for (int i = 0; i < conditions.size(); i++) {
      sorts.add(sort(query.parts().get(i), conditions.get(i)));
    }
    if (sorts.stream().map(SortSql::type).distinct().count() > 1) {
      sorts.replaceAll(SortSql::asText);
    }
  }

  private static SortSql sort(Part part, ConditionSql condition) {
    try {
      return SortSql.of(part.sort(), condition.columns());
    } catch (ScimException e) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "sortBy: " + part.sort() + " has no order here");
    }
  }

  private static Target common(String name) {
    return new Target(null, CommonAttributes.ALL.named(name), null);
  }

  Tuple parameters() {
    return Tuple.from(parameters);
  }

  /** How many resources there are altogether. */
  String total() {
    List<String> counts = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      counts.add("(SELECT count(*) FROM scim.resource r WHERE " + where(i) + ")");
    }
    return "SELECT " + String.join(" + ", counts);
  }

  /**
   * The resources of the slice, and of one more behind a position, to know whether there are; of
   * them as many as the page has room for, each with how many were {@code found}.
   */
  String page() {
    if (query.sorted()) {
      sort();
    }
    List<String> branches = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      branches.add(branch(i));
    }
    String page =
        fitting(
            "SELECT * FROM ("
                + String.join(" UNION ALL ", branches)
                + ") r ORDER BY "
                + order("r.")
                + limit());
    String more =
        query.sorted() ? ", r.type, r.found, r.sort, r.sort::text AS value" : ", r.type, r.found";
    if (query.parts().size() == 1) {
      return query.parts().get(0).links().select("(" + page + ")", more)
          + " ORDER BY "
          + order("r.");
    }
    return "WITH page AS ("
        + page
        + ") "
        + query.parts().stream()
            .map(part -> linked(part, more))
            .collect(Collectors.joining(" UNION ALL "))
        + " ORDER BY "
        + order("");
  }

  /** The first of them in any case, and the others while there is room. */
  private String fitting(String page) {
    boolean members = query.parts().stream().anyMatch(part -> part.links() == Links.MEMBERS);
    String size =
        members
            ? "r.size + %d * (SELECT count(*) FROM scim.member m WHERE m.group_id = r.id)"
                .formatted(MEMBER_SIZE)
            : "r.size";
    return "SELECT * FROM (SELECT r.*, count(*) OVER () AS found, row_number() OVER w AS place,"
        + " sum("
        + size
        + ") OVER w AS together FROM ("
        + page
        + ") r WINDOW w AS (ORDER BY "
        + order("r.")
        + " ROWS UNBOUNDED PRECEDING)) r WHERE place = 1 OR together <= "
        + parameter(mostBytes);
  }

  private String linked(Part part, String more) {
    String own = "(SELECT * FROM page WHERE type = " + parameter(part.type().name()) + ")";
    return part.links().select(own, more);
  }

  private String branch(int part) {
    String sort = query.sorted() ? ", " + sorts.get(part).expression() + " AS sort" : "";
    String seek = query.slice() instanceof Slice.After after ? seek(part, after) : "";
    return "SELECT r.id, r.type, r.version, r.created, r.modified, r.document, r.size"
        + sort
        + " FROM scim.resource r WHERE "
        + where(part)
        + seek;
  }

  private String seek(int part, Slice.After after) {
    Position position = after.position();
    if (position == null) {
      return "";
    }
    String id = parameter(position.id());
    return " AND "
        + (query.sorted()
            ? sorts.get(part).beyond(position.value(), this::parameter, id, falling())
            : "r.id" + (falling() ? " < " : " > ") + id);
  }

  /** Backwards is the same order turned round, to the last null and tie. */
  private boolean falling() {
    return query.descending() ^ (query.slice() instanceof Slice.After after && after.backwards());
  }

  /** Nothing is larger than any value for PostgreSQL too, which is the place that SCIM gives it. */
  private String order(String row) {
    String direction = falling() ? " DESC" : "";
    return (query.sorted() ? row + "sort" + direction + ", " : "") + row + "id" + direction;
  }

  private String limit() {
    return switch (query.slice()) {
      case Slice.From(long skip, int count) ->
          " LIMIT " + parameter((long) count) + " OFFSET " + parameter(skip);
      case Slice.After after -> " LIMIT " + parameter(after.count() + 1L);
    };
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  private String where(int index) {
    Part part = query.parts().get(index);
    KeyAttribute key = KeyAttribute.of(part.type());
    StringBuilder where = new StringBuilder("r.source = ");
    where.append(parameter(query.source().name()));
    where.append(" AND r.type = ").append(parameter(part.type().name()));
    // Holds for every row of the type, and says which of two partial indexes has its names.
    where.append(key.unique() ? " AND r.name_unique" : " AND NOT r.name_unique");
    if (part.condition() == null || !finds(part.condition(), key)) {
      // Always holds, and opens the index that has all rows of the type in order.
      where.append(" AND r.type <> ''");
    }
    if (part.condition() != null) {
      where.append(" AND ").append(conditions.get(index).of(part.condition()));
    }
    return where.toString();
  }

  /** Whether more resources have to be looked at than are found: for a filter or an order. */
  boolean walks() {
    return query.sorted()
        || query.parts().stream()
            .anyMatch(
                part ->
                    part.condition() != null
                        && !finds(part.condition(), KeyAttribute.of(part.type())));
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
