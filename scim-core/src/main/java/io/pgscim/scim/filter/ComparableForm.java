package io.pgscim.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.AttributeType;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The form in which values compare by plain equality and code point order, whoever compares them: a
 * filter in memory, the database, an index.
 *
 * <ul>
 *   <li>strings that are not caseExact: width-mapped, lower case, NFC, after the rules that PRECIS
 *       has for user names (RFC 7644 §5, RFC 8265 §3.3)
 *   <li>dateTimes: UTC with nine digits of fraction
 *   <li>everything else: as it is
 * </ul>
 */
public final class ComparableForm {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private ComparableForm() {}

  /**
   * The comparable form of one value of the attribute.
   *
   * @throws DateTimeException when the attribute is a dateTime and the value is not
   */
  public static String of(Attribute attribute, String value) {
    if (attribute.type() == AttributeType.DATE_TIME) {
      return UTC.format(instant(value));
    }
    return attribute.caseExact() ? value : folded(value);
  }

  /** A whole resource with every value in its comparable form; what cannot compare is left out. */
  public static ObjectNode of(ResourceType type, ObjectNode resource) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    resource
        .properties()
        .forEach(
            field -> {
              Extension extension = type.extension(field.getKey());
              Attribute attribute = type.attribute(field.getKey());
              if (extension != null) {
                ObjectNode part = all.putObject(field.getKey());
                for (Attribute of : extension.schema().attributes()) {
                  put(part, of, field.getValue().get(of.name()));
                }
              } else if (attribute != null) {
                put(all, attribute, field.getValue());
              }
            });
    return all;
  }

  /**
   * The instant of an xsd:dateTime of the years 1 to 9999; without an offset it is taken as UTC.
   *
   * @throws DateTimeException when it is not one
   */
  public static Instant instant(String dateTime) {
    boolean offset =
        dateTime.endsWith("Z")
            || dateTime.length() > 6 && "+-".indexOf(dateTime.charAt(dateTime.length() - 6)) >= 0;
    OffsetDateTime time =
        offset
            ? OffsetDateTime.parse(dateTime).withOffsetSameInstant(ZoneOffset.UTC)
            : LocalDateTime.parse(dateTime).atOffset(ZoneOffset.UTC);
    if (time.getYear() < 1 || time.getYear() > 9999) {
      throw new DateTimeException("the year is not one of 1 to 9999");
    }
    return time.toInstant();
  }

  private static void put(ObjectNode into, Attribute attribute, JsonNode value) {
    if (value == null || value.isNull()) {
      return;
    }
    if (!attribute.multiValued()) {
      into.set(attribute.name(), of(attribute, value));
      return;
    }
    ArrayNode elements = into.putArray(attribute.name());
    value.forEach(element -> elements.add(of(attribute, element)));
  }

  /** One value of the attribute, simple or complex, in comparable form. */
  public static JsonNode of(Attribute attribute, JsonNode value) {
    if (attribute.complex()) {
      ObjectNode parts = JsonNodeFactory.instance.objectNode();
      for (Attribute sub : attribute.subAttributes()) {
        put(parts, sub, value.get(sub.name()));
      }
      return parts;
    }
    return value.isTextual()
        ? JsonNodeFactory.instance.textNode(of(attribute, value.textValue()))
        : value;
  }

  private static String folded(String value) {
    return ascii(value)
        ? value.toLowerCase(Locale.ROOT)
        : Normalizer.normalize(narrowed(value).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  private static boolean ascii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /** Full-width and half-width forms become the ordinary ones. */
  private static String narrowed(String value) {
    StringBuilder narrow = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= '\uFF00' && c <= '\uFFEF') {
        narrow.append(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC));
      } else {
        narrow.append(c);
      }
    }
    return narrow.toString();
  }
}
