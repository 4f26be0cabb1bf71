package io.pgscim.ingest.directory;

import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import java.util.function.Function;

/**
 * What resources are sorted by, as SQL about the row {@code r}.
 *
 * @param expression the value, NULL where there is none
 * @param type the PostgreSQL type that has the attribute's order
 * @param always whether every resource has the value
 */
record SortSql(String expression, String type, boolean always) {
  /** How much of a text counts, so that a position in the order has a bounded size. */
  private static final int PREFIX = 512;

  /**
   * @param target null for a type without such an attribute
   */
  static SortSql of(Target target, Columns columns) {
    if (target == null) {
      return new SortSql("NULL::text", "text", false);
    }
    Values values = columns.first(target);
    return switch (values.kind()) {
      case UUID -> new SortSql(values.expression(), "uuid", always(target));
      case TIMESTAMP -> new SortSql(values.expression(), "timestamptz", always(target));
      case TEXT -> text(values.expression(), target);
      case JSON -> throw ConditionSql.unsupported("a complex attribute");
    };
  }

  private static SortSql text(String expression, Target target) {
    return switch (target.leaf().type()) {
      case INTEGER, DECIMAL ->
          new SortSql("(" + expression + ")::numeric", "numeric", always(target));
      // A column is indexed as it is, and bounded.
      case STRING, BOOLEAN, DATE_TIME, BINARY, REFERENCE, COMPLEX ->
          expression.startsWith("r.")
              ? new SortSql(expression, "text", always(target))
              : new SortSql(
                  "left(" + expression + ", " + PREFIX + ") COLLATE \"C\"", "text", always(target));
    };
  }

  private static boolean always(Target target) {
    Attribute attribute = target.attribute();
    return target.extension() == null
        && (attribute.name().equals("id")
            || attribute.name().equals("meta")
            || attribute.required() && target.sub() == null && !attribute.multiValued());
  }

  /** The same for types that have nothing but the attribute's name in common. */
  SortSql asText() {
    return new SortSql("(" + expression + ")::text COLLATE \"C\"", "text", always);
  }

  /**
   * That the row comes after a position.
   *
   * @param value the sorting value there, null when there is none
   * @param parameter takes it into the statement
   * @param id the id there, as a parameter
   * @param falling whether the order is descending, with what has no value first
   */
  String beyond(String value, Function<Object, String> parameter, String id, boolean falling) {
    if (value == null) {
      return falling
          ? "(" + expression + " IS NOT NULL OR r.id < " + id + ")"
          : "(" + expression + " IS NULL AND r.id > " + id + ")";
    }
    String there = "(" + parameter.apply(value) + "::text::" + type + ", " + id + ")";
    String beyond = "(" + expression + ", r.id)" + (falling ? " < " : " > ") + there;
    return always || falling ? beyond : "(" + beyond + " OR " + expression + " IS NULL)";
  }
}
