package io.pgscim.scim.patch;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.filter.ValueFilter;
import io.pgscim.scim.path.AttributePath;

/**
 * Where an operation works: {@code attrPath / valuePath [subAttr]} (RFC 7644 figure 7).
 *
 * @param attribute the attribute, with its sub-attribute whether it stands before or behind the
 *     brackets
 * @param filter which elements; null for all
 */
record PatchPath(AttributePath attribute, Filter filter) {
  /** Longest path that is read. */
  static final int MAX_LENGTH = Filter.MAX_LENGTH;

  /**
   * The path that the text spells.
   *
   * @throws ScimException 400 invalidPath, or invalidFilter for what stands in brackets
   */
  static PatchPath parse(String text) {
    String path = text.strip();
    if (path.length() > MAX_LENGTH) {
      throw invalid("a path has at most " + MAX_LENGTH + " characters");
    }
    int bracket = path.indexOf('[');
    if (bracket < 0) {
      return new PatchPath(attribute(path), null);
    }
    AttributePath attribute = attribute(path.substring(0, bracket));
    ValueFilter inside = ValueFilter.parse(path, bracket);
    String rest = path.substring(inside.end());
    if (rest.isEmpty()) {
      return new PatchPath(attribute, inside.filter());
    }
    AttributePath sub = rest.startsWith(".") ? AttributePath.parse(rest.substring(1)) : null;
    if (sub == null || sub.schema() != null || sub.sub() != null || attribute.sub() != null) {
      throw invalid("expected a sub-attribute behind the brackets");
    }
    return new PatchPath(attribute.withSub(sub.attribute()), inside.filter());
  }

  private static AttributePath attribute(String text) {
    AttributePath path = AttributePath.parse(text);
    if (path == null) {
      throw invalid("the path does not name an attribute");
    }
    return path;
  }

  static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimType.INVALID_PATH, detail);
  }
}
