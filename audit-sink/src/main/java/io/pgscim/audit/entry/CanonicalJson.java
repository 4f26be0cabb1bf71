package io.pgscim.audit.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The one way to write a value as bytes: JSON Canonicalization Scheme (RFC 8785) over objects,
 * arrays, strings, integers and booleans. Equal values have equal bytes, so a hash of the bytes is
 * a hash of the value.
 */
public final class CanonicalJson {
  /** Beyond this an IEEE 754 double, and with it RFC 8785, no longer tells integers apart. */
  private static final long MAX_INTEGER = 1L << 53;

  /** The most bytes that a UTF-16 unit becomes: {@code \}{@code u001f}. */
  private static final int WIDEST = 6;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] out = new byte[1024];
  private int at;

  private CanonicalJson() {}

  /**
   * The value's bytes, UTF-8. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
   *
   * @param value a map with string keys, a list, a string, an int, a long or a boolean
   */
  public static byte[] write(Object value) {
    var json = new CanonicalJson();
    json.value(value);
    return Arrays.copyOf(json.out, json.at);
  }

  /** Writes an object field by field: what is made in its order needs no map. */
  static byte[] object(Consumer<Fields> fields) {
    var json = new CanonicalJson();
    json.fields(fields);
    return Arrays.copyOf(json.out, json.at);
  }

  /** The fields of an object, which come in the order of their names. */
  final class Fields {
    private String last;

    /**
     * Adds a field.
     *
     * @param value as for {@link #write}; null: there is no such field
     */
    void field(String name, Object value) {
      if (value != null) {
        member(name, value);
      }
    }

    private void member(String name, Object value) {
      name(name);
      value(value);
    }

    /** Adds a field that is an object. */
    void object(String name, Consumer<Fields> fields) {
      name(name);
      fields(fields);
    }

    private void name(String name) {
      if (last != null && name.compareTo(last) <= 0) {
        throw new IllegalArgumentException(name + " does not come after " + last);
      }
      one((byte) (last == null ? '{' : ','));
      string(name);
      one((byte) ':');
      last = name;
    }

    private void end() {
      if (last == null) {
        one((byte) '{');
      }
      one((byte) '}');
    }
  }

  private void fields(Consumer<Fields> fields) {
    var object = new Fields();
    fields.accept(object);
    object.end();
  }

  private void value(Object value) {
    switch (value) {
      case Map<?, ?> object -> object(object);
      case List<?> array -> array(array);
      case String string -> string(string);
      case Boolean truth -> ascii(truth.toString());
      case Integer number -> integer(number);
      case Long number -> integer(number);
      case null -> throw new IllegalArgumentException("an absent value is left out, not written");
      default -> throw new IllegalArgumentException("no canonical JSON for " + value.getClass());
    }
  }

  private void integer(long number) {
    if (number > MAX_INTEGER || number < -MAX_INTEGER) {
      string(Long.toString(number));
    } else {
      ascii(Long.toString(number));
    }
  }

  private void object(Map<?, ?> object) {
    fields(fields -> sorted(object).forEach((name, value) -> fields.member((String) name, value)));
  }

  /** String.compareTo orders by UTF-16 unit, as RFC 8785 section 3.2.3 asks. */
  private static Map<?, ?> sorted(Map<?, ?> object) {
    return object.size() < 2 || (object instanceof SortedMap<?, ?> map && map.comparator() == null)
        ? object
        : new TreeMap<>(object);
  }

  private void array(List<?> array) {
    byte before = '[';
    for (Object element : array) {
      one(before);
      value(element);
      before = ',';
    }
    if (array.isEmpty()) {
      one(before);
    }
    one((byte) ']');
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      out[at++] = (byte) text.charAt(i);
    }
  }

  private void one(byte one) {
    room(1);
    out[at++] = one;
  }

  private void room(int bytes) {
    if (out.length - at < bytes) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, Math.addExact(at, bytes)));
    }
  }

  private void string(String string) {
    room(string.length() + 2);
    out[at++] = '"';
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      // There is always room for the rest, as far as it is plain, and the quotation mark behind it.
      if (c < 0x80 && c >= 0x20 && c != '"' && c != '\\') {
        out[at++] = (byte) c;
        continue;
      }
      room(string.length() - i + WIDEST);
      if (c < 0x80) {
        escaped(c);
      } else {
        i = beyondAscii(string, i, c);
      }
    }
    out[at++] = '"';
  }

  private void escaped(char c) {
    out[at++] = '\\';
    switch (c) {
      case '"', '\\' -> out[at++] = (byte) c;
      case '\b' -> out[at++] = 'b';
      case '\f' -> out[at++] = 'f';
      case '\n' -> out[at++] = 'n';
      case '\r' -> out[at++] = 'r';
      case '\t' -> out[at++] = 't';
      default -> {
        out[at++] = 'u';
        out[at++] = '0';
        out[at++] = '0';
        out[at++] = HEX[c >> 4];
        out[at++] = HEX[c & 15];
      }
    }
  }

  /** The place of the last unit that was written. */
  private int beyondAscii(String string, int i, char c) {
    if (c < 0x800) {
      out[at++] = (byte) (0xC0 | c >> 6);
      out[at++] = (byte) (0x80 | c & 0x3F);
      return i;
    }
    boolean paired =
        Character.isHighSurrogate(c)
            && i + 1 < string.length()
            && Character.isLowSurrogate(string.charAt(i + 1));
    if (paired) {
      int point = Character.toCodePoint(c, string.charAt(i + 1));
      out[at++] = (byte) (0xF0 | point >> 18);
      out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
      out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
      out[at++] = (byte) (0x80 | point & 0x3F);
      return i + 1;
    }
    char unit = Character.isSurrogate(c) ? '\uFFFD' : c;
    out[at++] = (byte) (0xE0 | unit >> 12);
    out[at++] = (byte) (0x80 | unit >> 6 & 0x3F);
    out[at++] = (byte) (0x80 | unit & 0x3F);
    return i;
  }
}
