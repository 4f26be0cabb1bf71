package io.pgscim.ingest.resources;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.path.AttributePath;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Returned;
import java.util.List;

/**
 * In which order a list comes (RFC 7644 §3.4.2.3).
 *
 * @param by the attribute; null for the order of creation
 */
record Sorting(AttributePath by, boolean descending) {

  /**
   * What the parameters say about resources of these types.
   *
   * @throws ScimException 400 invalidValue when no type has such an attribute, or it has no order
   */
  static Sorting of(String sortBy, String sortOrder, List<ResourceType> types) {
    boolean descending = descending(sortOrder);
    if (sortBy == null || sortBy.isBlank()) {
      return new Sorting(null, false);
    }
    AttributePath path = AttributePath.parse(sortBy.strip());
    Sorting sorting = new Sorting(path, descending);
    if (path == null || types.stream().noneMatch(type -> sorting.in(type) != null)) {
      throw invalid("sortBy does not name an attribute that is served here");
    }
    return sorting;
  }

  private static boolean descending(String sortOrder) {
    if (sortOrder == null || sortOrder.equalsIgnoreCase("ascending")) {
      return false;
    }
    if (sortOrder.equalsIgnoreCase("descending")) {
      return true;
    }
    throw invalid("sortOrder is ascending or descending");
  }

  /** What resources of the type are sorted by; null when it has no such attribute. */
  Target in(ResourceType type) {
    Target target = by == null ? null : Target.find(type, by);
    if (target == null) {
      return null;
    }
    if (target.attribute() == null) {
      throw invalid("sortBy: " + target + " is a schema: name one of its attributes");
    }
    if (target.leaf().complex()) {
      target = value(target);
    }
    if (target.leaf().returned() == Returned.NEVER
        || target.attribute().returned() == Returned.NEVER) {
      throw invalid("sortBy: " + target + " is never shown");
    }
    return target;
  }

  /** Elements are sorted by their value; for other complex attributes a part must be named. */
  private static Target value(Target target) {
    Attribute value = target.leaf().multiValued() ? target.leaf().sub("value") : null;
    if (value == null) {
      throw invalid("sortBy: " + target + " is complex: name one of its sub-attributes");
    }
    return target.part(value);
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }
}
