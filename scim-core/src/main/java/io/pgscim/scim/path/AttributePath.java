package io.pgscim.scim.path;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute as a client names it: {@code [URN ":"] attribute ["." sub-attribute]}, {@code
 * attrPath} of RFC 7644 figure 1. What it means is found by {@link Target#find}.
 *
 * <p>A bare URN, such as that of an extension, is read as if its last part were the attribute; only
 * a resource type can tell.
 *
 * @param schema the URN in front, or null
 * @param sub the sub-attribute, or null
 */
public record AttributePath(String schema, String attribute, String sub) {
  /** Longest path that is read. */
  public static final int MAX_LENGTH = 512;

  private static final String NAME = "[$]?[A-Za-z][A-Za-z0-9$_-]*";

  /** The URN is greedy, so the attribute stands behind the last colon. */
  private static final Pattern PATH =
      Pattern.compile("(?:([A-Za-z][^\\s\\[\\]()\"]*):)?(" + NAME + ")(?:\\.(" + NAME + "))?");

  /** The path that the text spells; null when it spells none. */
  public static AttributePath parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    Matcher matcher = PATH.matcher(text);
    return matcher.matches()
        ? new AttributePath(matcher.group(1), matcher.group(2), matcher.group(3))
        : null;
  }

  /** A path to a sub-attribute of this one. */
  public AttributePath withSub(String name) {
    return new AttributePath(schema, attribute, name);
  }

  /** The same attribute, of that schema. */
  public AttributePath within(String urn) {
    return new AttributePath(urn, attribute, sub);
  }

  @Override
  public String toString() {
    return (schema == null ? "" : schema + ":") + attribute + (sub == null ? "" : "." + sub);
  }
}
