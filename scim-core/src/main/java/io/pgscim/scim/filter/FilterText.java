package io.pgscim.scim.filter;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.path.AttributePath;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The text of a filter and how far it has been read: words, marks and literals. */
final class FilterText {
  /** JSON's number (RFC 8259 §6). */
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?");

  /** Bounds what a comparison of numbers can cost. */
  private static final int MAX_NUMBER = 64;

  private final String text;
  private int position;

  FilterText(String text, int start) {
    this.text = text;
    this.position = start;
  }

  int position() {
    return position;
  }

  boolean atEnd() {
    skipSpace();
    return position == text.length();
  }

  boolean peek(char mark) {
    skipSpace();
    return position < text.length() && text.charAt(position) == mark;
  }

  boolean take(char mark) {
    boolean there = peek(mark);
    position += there ? 1 : 0;
    return there;
  }

  /** Takes the mark only when nothing, not even a space, stands before it. */
  boolean takeDirectly(char mark) {
    boolean there = position < text.length() && text.charAt(position) == mark;
    position += there ? 1 : 0;
    return there;
  }

  void expect(char mark) {
    if (!take(mark)) {
      throw error("expected \"" + mark + "\"");
    }
  }

  /** Takes the word in any case, when it stands here as a whole. */
  boolean takeWord(String word) {
    skipSpace();
    int end = wordEnd();
    if (end - position != word.length()
        || !text.regionMatches(true, position, word, 0, word.length())) {
      return false;
    }
    position = end;
    return true;
  }

  /** Takes {@code not (}; an attribute may be called {@code not}. */
  boolean takeNot() {
    int before = position;
    if (takeWord("not") && take('(')) {
      return true;
    }
    position = before;
    return false;
  }

  AttributePath path() {
    skipSpace();
    int start = position;
    AttributePath path = AttributePath.parse(word());
    if (path == null) {
      throw error(start, "expected an attribute");
    }
    return path;
  }

  /** The name right behind a dot. */
  AttributePath subAttribute() {
    int start = position;
    AttributePath path = AttributePath.parse(word());
    if (path == null || path.schema() != null || path.sub() != null) {
      throw error(start, "expected a sub-attribute");
    }
    return path;
  }

  Operator operator() {
    skipSpace();
    int start = position;
    String word = word();
    Operator operator = Operator.named(word);
    if (operator == null) {
      throw error(
          start,
          word.isEmpty()
              ? "expected an operator"
              : "the operator '" + shortened(word) + "' is not supported");
    }
    return operator;
  }

  Literal literal() {
    if (peek('"')) {
      return string();
    }
    int start = position;
    String word = word();
    if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
      return new Literal.Flag(word.equalsIgnoreCase("true"));
    }
    if (word.equalsIgnoreCase("null")) {
      return new Literal.Nothing();
    }
    if (word.length() <= MAX_NUMBER && NUMBER.matcher(word).matches()) {
      return new Literal.Number(new BigDecimal(word));
    }
    throw error(
        start, "expected a value: a string in double quotes, a number, true, false or null");
  }

  private Literal string() {
    int start = position++;
    StringBuilder value = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      switch (c) {
        case '"' -> {
          return new Literal.Text(value.toString());
        }
        case '\\' -> value.append(escaped());
        default -> value.append(c);
      }
    }
    throw error(start, "the string has no closing quote");
  }

  private char escaped() {
    int start = position - 1;
    char c = position < text.length() ? text.charAt(position++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode(start);
      default -> throw error(start, "not an escape of JSON");
    };
  }

  private char unicode(int start) {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = position < text.length() ? text.charAt(position++) : 0;
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw error(start, "expected four hexadecimal digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private String word() {
    int end = wordEnd();
    String word = text.substring(position, end);
    position = end;
    return word;
  }

  private int wordEnd() {
    int end = position;
    while (end < text.length() && !endsWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean endsWord(char c) {
    return c <= ' ' || c == '(' || c == ')' || c == '[' || c == ']' || c == '"';
  }

  private void skipSpace() {
    while (position < text.length() && text.charAt(position) <= ' ') {
      position++;
    }
  }

  private static String shortened(String word) {
    return word.length() <= 32 ? word : word.substring(0, 32) + "…";
  }

  ScimException error(String detail) {
    skipSpace();
    return error(position, detail);
  }

  private static ScimException error(int at, String detail) {
    return ScimException.badRequest(
        ScimType.INVALID_FILTER, "filter, character " + (at + 1) + ": " + detail);
  }
}
