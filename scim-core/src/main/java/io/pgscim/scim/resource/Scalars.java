package io.pgscim.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pgscim.scim.filter.ComparableForm;
import io.pgscim.scim.schema.Attribute;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.regex.Pattern;

/** Simple values by their types (RFC 7643 §2.3). */
final class Scalars {
  /** Longest string value, in UTF-16 units. */
  static final int MAX_TEXT = 65_536;

  /** Bounds what a database's numeric has to hold. */
  private static final int MAX_DIGITS = 64;

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,64}(?:[.][0-9]{1,64})?");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final Tolerance tolerance;

  Scalars(Tolerance tolerance) {
    this.tolerance = tolerance;
  }

  JsonNode read(Attribute attribute, JsonNode value, String where) {
    return switch (attribute.type()) {
      case STRING -> TextNode.valueOf(canonical(attribute, text(value, where), where));
      case REFERENCE -> TextNode.valueOf(reference(text(value, where), where));
      case BOOLEAN -> bool(value, where);
      case INTEGER -> integer(value, where);
      case DECIMAL -> decimal(value, where);
      case DATE_TIME -> dateTime(value, where);
      case BINARY -> binary(value, where);
      case COMPLEX -> throw new IllegalArgumentException(where + " is complex");
    };
  }

  private String text(JsonNode value, String where) {
    if (value.isTextual()) {
      return storable(value.textValue(), where);
    }
    if (tolerance.lenient() && (value.isNumber() || value.isBoolean())) {
      return value.asText();
    }
    throw Values.error(where + " is a string");
  }

  /** What no database and no UTF-8 can hold is refused before it gets there. */
  private static String storable(String text, String where) {
    if (text.length() > MAX_TEXT) {
      throw Values.error(where + " has more than " + MAX_TEXT + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw Values.error(where + " contains U+0000");
      }
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          throw Values.error(where + " contains half of a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  /**
   * Canonical values are suggestions (RFC 7643 §7), and identity providers compare what they get
   * with what they sent: others are taken as they are. Where strictness is wanted they are all
   * there is (§2.3.1), spelled as the schema spells them unless case counts.
   */
  private String canonical(Attribute attribute, String text, String where) {
    if (tolerance.lenient() || attribute.canonicalValues().isEmpty()) {
      return text;
    }
    for (String canonical : attribute.canonicalValues()) {
      if (attribute.caseExact() ? canonical.equals(text) : canonical.equalsIgnoreCase(text)) {
        return canonical;
      }
    }
    throw Values.error(
        where + " is one of " + String.join(", ", attribute.canonicalValues()) + ", nothing else");
  }

  /** RFC 7643 §2.3.7; whether anything is there is not looked at. */
  private String reference(String text, String where) {
    if (!tolerance.lenient()) {
      try {
        new URI(text);
      } catch (URISyntaxException e) {
        throw Values.error(where + " is a URI");
      }
    }
    return text;
  }

  private JsonNode bool(JsonNode value, String where) {
    if (value.isBoolean()) {
      return value;
    }
    if (tolerance.lenient() && value.isTextual()) {
      String text = value.textValue();
      if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
        return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
      }
    }
    throw Values.error(where + " is true or false");
  }

  private JsonNode integer(JsonNode value, String where) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return LongNode.valueOf(value.longValue());
    }
    if (tolerance.lenient() && value.isTextual() && INTEGER.matcher(value.textValue()).matches()) {
      return LongNode.valueOf(Long.parseLong(value.textValue()));
    }
    throw Values.error(where + " is an integer of 64 bits");
  }

  private JsonNode decimal(JsonNode value, String where) {
    boolean quoted =
        tolerance.lenient() && value.isTextual() && DECIMAL.matcher(value.textValue()).matches();
    if (value.isNumber() || quoted) {
      BigDecimal number =
          (quoted ? new BigDecimal(value.textValue()) : value.decimalValue()).stripTrailingZeros();
      if (number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_DIGITS) {
        return DecimalNode.valueOf(number);
      }
    }
    throw Values.error(where + " is a number of at most " + MAX_DIGITS + " digits");
  }

  private JsonNode dateTime(JsonNode value, String where) {
    try {
      String text = text(value, where);
      ComparableForm.instant(text);
      return TextNode.valueOf(text);
    } catch (DateTimeException e) {
      throw Values.error(where + " is a dateTime such as 2026-01-31T12:00:00Z");
    }
  }

  /** Either alphabet, with or without padding, broken into lines or not (RFC 7643 §2.3.6). */
  private JsonNode binary(JsonNode value, String where) {
    String text = text(value, where);
    String compact = SPACE.matcher(text).replaceAll("").replace('-', '+').replace('_', '/');
    try {
      Base64.getDecoder().decode(compact);
      return TextNode.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw Values.error(where + " is base64");
    }
  }
}
