package io.pgscim.audit.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one way to write a value as bytes: JSON Canonicalization Scheme (RFC 8785) over objects,
 * arrays, strings, integers and booleans. Equal values have equal bytes, so a hash of the bytes is
 * a hash of the value.
 */
public final class CanonicalJson {
  /** Beyond this an IEEE 754 double, and with it RFC 8785, no longer tells integers apart. */
  private static final long MAX_INTEGER = 1L << 53;

  private CanonicalJson() {}

  /**
   * The value's bytes, UTF-8. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
   *
   * @param value a map with string keys, a list, a string, an int, a long or a boolean
   */
  public static byte[] write(Object value) {
    var out = new StringBuilder(512);
    append(out, value);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case Map<?, ?> object -> object(out, object);
      case List<?> array -> array(out, array);
      case String string -> string(out, string);
      case Boolean truth -> out.append(truth.booleanValue());
      case Integer number -> integer(out, number);
      case Long number -> integer(out, number);
      case null -> throw new IllegalArgumentException("an absent value is left out, not written");
      default -> throw new IllegalArgumentException("no canonical JSON for " + value.getClass());
    }
  }

  private static void integer(StringBuilder out, long number) {
    if (number > MAX_INTEGER || number < -MAX_INTEGER) {
      string(out, Long.toString(number));
    } else {
      out.append(number);
    }
  }

  private static void object(StringBuilder out, Map<?, ?> object) {
    // String.compareTo orders by UTF-16 unit, as RFC 8785 section 3.2.3 asks.
    var sorted = new TreeMap<String, Object>();
    object.forEach((name, value) -> sorted.put((String) name, value));
    out.append('{');
    String comma = "";
    for (var field : sorted.entrySet()) {
      out.append(comma);
      string(out, field.getKey());
      out.append(':');
      append(out, field.getValue());
      comma = ",";
    }
    out.append('}');
  }

  private static void array(StringBuilder out, List<?> array) {
    out.append('[');
    String comma = "";
    for (Object element : array) {
      out.append(comma);
      append(out, element);
      comma = ",";
    }
    out.append(']');
  }

  private static void string(StringBuilder out, String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> plain(out, string, i, c);
      }
    }
    out.append('"');
  }

  private static void plain(StringBuilder out, String string, int i, char c) {
    if (c < 0x20) {
      out.append(String.format("\\u%04x", (int) c));
    } else if (Character.isSurrogate(c) && !paired(string, i, c)) {
      out.append('\uFFFD');
    } else {
      out.append(c);
    }
  }

  private static boolean paired(String string, int i, char c) {
    return Character.isHighSurrogate(c)
        ? i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
  }
}
