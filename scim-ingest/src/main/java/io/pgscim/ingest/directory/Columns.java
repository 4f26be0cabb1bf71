package io.pgscim.ingest.directory;

import io.pgscim.ingest.directory.Values.From;
import io.pgscim.ingest.directory.Values.Kind;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.ResourceType;

/**
 * Where in the tables the attributes of a resource type are: in columns of the row {@code r}, in
 * memberships, or in its comparable document. A filter sees the memberships that an answer shows:
 * direct members, and groups that are held directly or indirectly.
 */
final class Columns {
  private static final String MEMBERS = "(" + Sql.read("filter-members") + ")";
  private static final String GROUPS = "(" + Sql.read("filter-groups") + ")";

  private final ResourceType type;
  private final ConditionSql sql;
  private final KeyAttribute key;
  private int aliases;

  Columns(ResourceType type, ConditionSql sql) {
    this.type = type;
    this.sql = sql;
    this.key = KeyAttribute.of(type);
  }

  /** Elements of an attribute: a row each, and where in it the parts are. */
  record Elements(From from, Element element) {}

  /** Finds the parts of one element. */
  interface Element {
    Values values(Target target);
  }

  /** The values of an attribute or of a part of it, over all elements. */
  Values values(Target target) {
    if (target.attribute() == null) {
      return new Values(null, document(target), Kind.JSON);
    }
    if (target.attribute().multiValued()) {
      Elements elements = elements(target.part(null));
      Values each = elements.element().values(target);
      return new Values(elements.from().with(each.from()), each.expression(), each.kind());
    }
    Values column = target.extension() == null ? column(target) : null;
    return column != null ? column : single(document(target), target);
  }

  /**
   * The one value that resources are sorted by: of several that of the primary element, else of the
   * first (RFC 7644 §3.4.2.3).
   */
  Values first(Target target) {
    if (!target.attribute().multiValued()) {
      return first(values(target), "");
    }
    if (ofMemberships(target)) {
      return first(values(target), " ORDER BY o.id");
    }
    String path = document(target) + " -> " + name(target.attribute());
    String primary = "jsonb_path_query_first(" + path + ", '$[*] ? (@.primary == true)')";
    return first(part("coalesce(" + primary + ", " + path + " -> 0)", target), "");
  }

  private static Values first(Values values, String order) {
    return values.from() == null
        ? values
        : new Values(
            null,
            "(SELECT " + values.expression() + " FROM " + values.from() + order + " LIMIT 1)",
            values.kind());
  }

  private boolean ofMemberships(Target target) {
    String name = target.attribute().name();
    return target.extension() == null && (name.equals(type.membership()) || name.equals("groups"));
  }

  /** The elements of a multi-valued or complex attribute. */
  Elements elements(Target target) {
    String name = target.attribute().name();
    if (target.extension() == null && name.equals(type.membership())) {
      return memberships(MEMBERS, "m.id", "m.group_id");
    }
    if (target.extension() == null && name.equals("groups") && type.showsGroups()) {
      return memberships(GROUPS, "m.group_id", "m.user_id");
    }
    String alias = "e" + aliases++;
    String path = document(target) + " -> " + name(target.attribute());
    String rows =
        target.attribute().multiValued()
            ? "jsonb_array_elements(" + path + ") AS " + alias + " (v)"
            : "(SELECT v FROM (SELECT " + path + ") AS s (v) WHERE v IS NOT NULL) AS " + alias;
    return new Elements(From.of(rows), part -> part(alias + ".v", part));
  }

  private Values part(String element, Target target) {
    if (target.sub() != null) {
      return leaf(element, target.sub());
    }
    return target.attribute().complex()
        ? new Values(null, element, Kind.JSON)
        : new Values(null, "(" + element + " #>> '{}')", Kind.TEXT);
  }

  private Values single(String document, Target target) {
    Attribute attribute = target.attribute();
    if (target.sub() != null) {
      return leaf("(" + document + " -> " + name(attribute) + ")", target.sub());
    }
    return leaf(document, attribute);
  }

  private Values leaf(String holder, Attribute attribute) {
    if (attribute.multiValued()) {
      String alias = "e" + aliases++;
      return new Values(
          From.of(
              "jsonb_array_elements("
                  + holder
                  + " -> "
                  + name(attribute)
                  + ") AS "
                  + alias
                  + " (v)"),
          "(" + alias + ".v #>> '{}')",
          Kind.TEXT);
    }
    return attribute.complex()
        ? new Values(null, "(" + holder + " -> " + name(attribute) + ")", Kind.JSON)
        : new Values(null, "(" + holder + " ->> " + name(attribute) + ")", Kind.TEXT);
  }

  private String document(Target target) {
    return target.extension() == null
        ? "r.comparable"
        : "(r.comparable -> " + sql.parameter(target.extension().id()) + "::text)";
  }

  private String name(Attribute attribute) {
    return sql.parameter(attribute.name()) + "::text";
  }

  /** The column of an attribute that has one; null for the others. */
  private Values column(Target target) {
    if (key.is(target)) {
      return new Values(null, "r.name", Kind.TEXT);
    }
    return switch (target.attribute().name()) {
      case "id" -> new Values(null, "r.id", Kind.UUID);
      case "externalId" -> new Values(null, "r.external_id", Kind.TEXT);
      case "meta" -> meta(target.sub());
      default -> null;
    };
  }

  private Values meta(Attribute part) {
    return switch (part == null ? "" : part.name()) {
      case "resourceType" -> new Values(null, sql.parameter(type.name()) + "::text", Kind.TEXT);
      case "created" -> new Values(null, "r.created", Kind.TIMESTAMP);
      case "lastModified" -> new Values(null, "r.modified", Kind.TIMESTAMP);
      case "version" -> new Values(null, "('W/\"' || r.version || '\"')", Kind.TEXT);
      case "" -> new Values(null, "r.created", Kind.TIMESTAMP);
      default -> throw ConditionSql.unsupported("meta." + part.name());
    };
  }

  private Elements memberships(String table, String other, String own) {
    return new Elements(
        new From(table + " m JOIN scim.resource o ON o.id = " + other, own + " = r.id"),
        target ->
            switch (target.sub() == null ? "" : target.sub().name()) {
              case "", "value" -> new Values(null, other, Kind.UUID);
              case "display" ->
                  new Values(
                      null,
                      "coalesce(o.comparable ->> 'displayName', o.comparable ->> 'userName')",
                      Kind.TEXT);
              case "type" -> new Values(null, "m.type", Kind.TEXT);
              default -> throw ConditionSql.unsupported(target.toString());
            });
  }
}
