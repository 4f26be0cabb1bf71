package io.pgscim.ingest.resources;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.util.function.UnaryOperator;

/** Which part of a list is wanted. */
sealed interface Paging {

  /**
   * By index (RFC 7644 §3.4.2.4).
   *
   * @param startIndex counted from 1
   */
  record Index(long startIndex, int count) implements Paging {}

  /**
   * By cursor (RFC 9865).
   *
   * @param cursor empty for the first page
   */
  record ByCursor(String cursor, int count) implements Paging {}

  /**
   * What the parameters say. By index, less than 1 is 1, less than none is none, more than the most
   * is the most.
   *
   * @throws ScimException 400 invalidValue when one is no integer or both methods are asked for; by
   *     cursor, 400 invalidCount when the count is no integer or more than the most (RFC 9865 §2.1)
   */
  static Paging of(UnaryOperator<String> parameter, int usual, int most) {
    String startIndex = parameter.apply("startIndex");
    String count = parameter.apply("count");
    String cursor = parameter.apply("cursor");
    if (cursor == null) {
      long first =
          startIndex == null ? 1 : integer("startIndex", startIndex, ScimType.INVALID_VALUE);
      long wanted = count == null ? usual : integer("count", count, ScimType.INVALID_VALUE);
      return new Index(Math.max(1, first), (int) Math.min(Math.max(0, wanted), most));
    }
    if (startIndex != null) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "startIndex and cursor exclude each other");
    }
    long wanted = count == null ? usual : integer("count", count, ScimType.INVALID_COUNT);
    if (wanted > most) {
      throw ScimException.badRequest(ScimType.INVALID_COUNT, "count is at most " + most);
    }
    return new ByCursor(cursor, (int) Math.max(0, wanted));
  }

  /**
   * A list keeps the size of its pages (RFC 9865 §2.1).
   *
   * @throws ScimException 400 invalidCount
   */
  static void sameCount(int begun, int asked) {
    if (begun != asked) {
      throw ScimException.badRequest(
          ScimType.INVALID_COUNT, "count must stay what it was with the first page: " + begun);
    }
  }

  private static long integer(String name, String text, ScimType type) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw ScimException.badRequest(type, name + " is an integer");
    }
  }
}
