package io.pgscim.ingest.directory;

import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.schema.ResourceType;

/** Which memberships are read together with a resource. */
public enum Links {
  /** None. */
  NONE(
      "",
      "NULL::uuid[] AS ids, NULL::text[] AS displays,"
          + " NULL::uuid[] AS nested_ids, NULL::text[] AS nested_displays"),
  /** The groups it is in, directly or through groups in them. */
  GROUPS(lateral("links-groups"), "l.*"),
  /** Its members, groups among them. */
  MEMBERS(lateral("links-members"), "l.*");

  private final String join;
  private final String columns;
  private final String one;

  Links(String join, String columns) {
    this.join = join;
    this.columns = columns;
    this.one = select("scim.resource") + " WHERE r.id = $1 AND r.source = $2 AND r.type = $3";
  }

  private static String lateral(String file) {
    return " LEFT JOIN LATERAL (" + Sql.read(file) + ") l ON true";
  }

  /** Those that an answer shows. */
  public static Links shown(ResourceType type, Projection projection) {
    if (type.membership() != null) {
      return projection.shows(type.membership()) ? MEMBERS : NONE;
    }
    return type.showsGroups() && projection.shows("groups") ? GROUPS : NONE;
  }

  /** A query for the resource with id $1, of source $2 and type $3. */
  String selectOne() {
    return one;
  }

  /** A query for resources from a table or subquery that is called r. */
  String select(String from) {
    return select(from, "");
  }

  /**
   * @param more further columns, each with a comma before it
   */
  String select(String from, String more) {
    return "SELECT r.id, r.version, r.created, r.modified, r.document::text AS document, "
        + columns
        + more
        + " FROM "
        + from
        + " r"
        + join;
  }
}
