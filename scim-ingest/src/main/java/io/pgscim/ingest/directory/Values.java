package io.pgscim.ingest.directory;

import io.pgscim.scim.filter.Operator;
import java.util.UUID;

/**
 * The values of an attribute as SQL.
 *
 * @param from what yields a row per value; null for an attribute that has one value at most
 * @param expression the value, NULL where there is none
 * @param kind what the expression is
 */
record Values(From from, String expression, Kind kind) {

  /** Whether a value satisfies the predicate. */
  String exist(String predicate) {
    return from == null ? "(" + predicate + ")" : from.exists(predicate);
  }

  /**
   * Rows of which each is a value or an element.
   *
   * @param rows what stands behind FROM
   * @param tie which of them belong to the row {@code r}, where {@code rows} does not say so; it
   *     stands in WHERE, because only there PostgreSQL turns it into a join
   */
  record From(String rows, String tie) {
    static From of(String rows) {
      return new From(rows, null);
    }

    /** A row of these with each of the others that belong to it. */
    From with(From others) {
      return others == null ? this : new From(rows + ", " + others.rows, tie);
    }

    /** Whether a row satisfies the predicate. */
    String exists(String predicate) {
      String where = tie == null ? predicate : tie + " AND (" + predicate + ")";
      return "EXISTS (SELECT FROM " + rows + " WHERE " + where + ")";
    }
  }

  /** That a value is there and not empty. */
  String presence() {
    return kind == Kind.TEXT ? expression + " <> ''" : expression + " IS NOT NULL";
  }

  /** What an expression is, and how a text in comparable form compares with it. */
  enum Kind {
    TEXT {
      @Override
      String compare(String expression, Operator operator, String value, ConditionSql sql) {
        String parameter = sql.parameter(value);
        return switch (operator) {
          case CO -> "strpos(" + expression + ", " + parameter + ") > 0";
          case SW -> "starts_with(" + expression + ", " + parameter + ")";
          case EW -> "right(" + expression + ", char_length(" + parameter + ")) = " + parameter;
          case EQ, NE -> expression + ConditionSql.symbol(operator) + parameter;
          case GT, GE, LT, LE ->
              "(" + expression + ") COLLATE \"C\"" + ConditionSql.symbol(operator) + parameter;
        };
      }
    },
    UUID {
      /**
       * Equality is asked of the index; only the usual spelling is equal, as ids are case-exact.
       */
      @Override
      String compare(String expression, Operator operator, String value, ConditionSql sql) {
        if (operator != Operator.EQ && operator != Operator.NE) {
          return TEXT.compare(expression + "::text", operator, value, sql);
        }
        UUID id = Ids.parse(value);
        return id == null || !id.toString().equals(value)
            ? Boolean.toString(operator == Operator.NE)
            : expression + ConditionSql.symbol(operator) + sql.parameter(id);
      }
    },
    TIMESTAMP {
      @Override
      String compare(String expression, Operator operator, String value, ConditionSql sql) {
        return expression
            + ConditionSql.symbol(operator)
            + sql.parameter(value)
            + "::text::timestamptz";
      }
    },
    JSON {
      @Override
      String compare(String expression, Operator operator, String value, ConditionSql sql) {
        throw ConditionSql.unsupported("comparing a complex attribute");
      }
    };

    abstract String compare(String expression, Operator operator, String value, ConditionSql sql);
  }
}
