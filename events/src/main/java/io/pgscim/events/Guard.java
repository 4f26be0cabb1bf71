package io.pgscim.events;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every record of the contract checks about itself. The message names the field, never a
 * personal value.
 */
final class Guard {
  /** Longest identifier or name that any event carries, in UTF-16 units. */
  static final int MAX_IDENTIFIER = 1024;

  private Guard() {}

  static void identifier(String field, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " must be present");
    }
    if (value.length() > MAX_IDENTIFIER) {
      throw new IllegalArgumentException(
          field
              + " is "
              + value.length()
              + " characters long, at most "
              + MAX_IDENTIFIER
              + " are allowed");
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(field + " contains U+0000");
    }
  }

  static void present(String field, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must be present");
    }
  }

  static void risingVersion(long version) {
    if (version < 1) {
      throw new IllegalArgumentException("version must be 1 or more, not " + version);
    }
  }

  static void absentWhenDeleted(String field, Object value) {
    if (value != null) {
      throw new IllegalArgumentException(field + " must be absent once deleted");
    }
  }

  /** An unmodifiable copy; empty and null are the same, so that equal states have equal JSON. */
  static <T> List<T> copy(List<T> list) {
    return list == null || list.isEmpty() ? null : List.copyOf(list);
  }

  /** An unmodifiable copy in key order; empty and null are the same. */
  static <V> Map<String, V> copy(Map<String, V> map) {
    return map == null || map.isEmpty() ? null : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
