package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.AttributeType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Few values of each type, so that random comparisons often hold. */
final class Values {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "a",
          "A",
          "ab",
          "b",
          "a@b.c",
          "B c",
          "10",
          "9",
          "\u00e9",
          "\"q\\",
          "z/\u20ac",
          "\uD83D\uDE00");
  private static final List<String> TIMES =
      List.of(
          "2026-01-31T12:00:00Z",
          "2026-01-31T12:00:00.5Z",
          "2026-01-31T13:00:00+01:00",
          "2025-12-31T23:59:59.999Z",
          "2027-06-01T00:00:00-05:00");
  private static final List<String> BINARIES = List.of("YQ==", "YWI=", "YWJj", "QUJD");
  private static final List<String> REFERENCES =
      List.of("https://example.com/a", "https://example.com/A", "https://example.com/b");

  private Values() {}

  /** A value that a resource can hold. */
  static JsonNode stored(Draw draw, Attribute attribute) {
    return switch (attribute.type()) {
      case STRING -> JSON.textNode(text(draw, attribute));
      case REFERENCE -> JSON.textNode(draw.of(REFERENCES));
      case BINARY -> JSON.textNode(draw.of(BINARIES));
      case DATE_TIME -> JSON.textNode(draw.of(TIMES));
      case BOOLEAN -> JSON.booleanNode(draw.chance(0.5));
      case INTEGER -> JSON.numberNode(draw.of(-1L, 0L, 1L, 2L, 9_007_199_254_740_993L));
      case DECIMAL ->
          JSON.numberNode(
              draw.of(new BigDecimal("0.5"), new BigDecimal("2"), new BigDecimal("-1.25")));
      case COMPLEX -> throw new IllegalArgumentException(attribute.name() + " is complex");
    };
  }

  /** A {@code compValue} that a filter can name, mostly of the attribute's type. */
  static String compared(Draw draw, Attribute attribute) {
    if (draw.chance(0.06)) {
      return "null";
    }
    if (draw.chance(0.03)) {
      return draw.of("\"a\"", "1", "-2.5e1", "true", "false");
    }
    AttributeType type = attribute.type();
    JsonNode value = stored(draw, attribute);
    if (type == AttributeType.STRING && draw.chance(0.1)) {
      return escaped(value.textValue());
    }
    return type == AttributeType.INTEGER && draw.chance(0.2)
        ? draw.of("1.0", "1e0", "0.0", "2.5")
        : value.toString();
  }

  private static String text(Draw draw, Attribute attribute) {
    List<String> usual = attribute.canonicalValues();
    if (!usual.isEmpty()) {
      return usual.get(draw.below(Math.min(3, usual.size())));
    }
    return draw.of(attribute.name().equals("type") ? List.of("work", "Work", "home") : TEXTS);
  }

  /** JSON lets every character be written by its number. */
  private static String escaped(String text) {
    StringBuilder all = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      all.append(String.format("\\u%04x", (int) c));
    }
    return all.append('"').toString();
  }

  /** One to three distinct values. */
  static List<JsonNode> several(Draw draw, Attribute attribute) {
    List<JsonNode> all = new ArrayList<>();
    for (int i = draw.below(3); i >= 0; i--) {
      JsonNode value = stored(draw, attribute);
      if (!all.contains(value)) {
        all.add(value);
      }
    }
    return all;
  }
}
