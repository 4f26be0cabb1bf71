package io.pgscim.ingest.resources;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;

/**
 * Which part of a list is wanted (RFC 7644 §3.4.2.4).
 *
 * @param startIndex counted from 1
 */
record Paging(long startIndex, int count) {

  /**
   * What the parameters say: less than 1 is 1, less than none is none, more than the most is the
   * most.
   *
   * @throws ScimException 400 invalidValue when one is no integer
   */
  static Paging of(String startIndex, String count, int usual, int most) {
    long first = startIndex == null ? 1 : integer("startIndex", startIndex);
    long wanted = count == null ? usual : integer("count", count);
    return new Paging(Math.max(1, first), (int) Math.min(Math.max(0, wanted), most));
  }

  private static long integer(String name, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw ScimException.badRequest(ScimType.INVALID_VALUE, name + " is an integer");
    }
  }
}
