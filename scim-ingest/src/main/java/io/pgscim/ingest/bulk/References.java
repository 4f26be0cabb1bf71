package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code bulkId:…} in the place of an id (RFC 7644 §3.7.2): as a whole value, in quotes in the path
 * of a PATCH, and as a segment of an operation's path.
 */
final class References {
  private static final String MARK = "bulkId:";
  private static final Pattern QUOTED = Pattern.compile("\"bulkId:([^\"]+)\"");
  private static final Pattern SEGMENT = Pattern.compile("(?<=/)bulkId:([^/]+)");

  private References() {}

  /** Adds those in a value, however deep. */
  static void in(JsonNode value, Set<String> into) {
    if (value.isContainerNode()) {
      value.forEach(part -> in(part, into));
    } else if (value.isTextual()) {
      String text = value.textValue();
      if (text.startsWith(MARK)) {
        into.add(text.substring(MARK.length()));
      } else {
        collect(QUOTED.matcher(text), into);
      }
    }
  }

  /** Adds that in the path of an operation. */
  static void in(String path, Set<String> into) {
    collect(SEGMENT.matcher(path), into);
  }

  private static void collect(Matcher matcher, Set<String> into) {
    while (matcher.find()) {
      into.add(matcher.group(1));
    }
  }

  /** The path with ids for references. */
  static String resolved(String path, Map<String, String> ids) {
    return SEGMENT.matcher(path).replaceAll(found -> quoted(ids.get(found.group(1))));
  }

  /** A copy of the value with ids for references. */
  static JsonNode resolved(JsonNode value, Map<String, String> ids) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(each -> copy.set(each.getKey(), resolved(each.getValue(), ids)));
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(value.size());
      value.forEach(each -> copy.add(resolved(each, ids)));
      return copy;
    }
    if (!value.isTextual()) {
      return value;
    }
    String text = value.textValue();
    return JsonNodeFactory.instance.textNode(
        text.startsWith(MARK)
            ? ids.get(text.substring(MARK.length()))
            : QUOTED
                .matcher(text)
                .replaceAll(found -> "\"" + quoted(ids.get(found.group(1))) + "\""));
  }

  private static String quoted(String id) {
    return Matcher.quoteReplacement(id);
  }

  /**
   * A new resource in two steps, for what cannot be said yet.
   *
   * @param now the resource without it
   * @param later a PATCH that adds it
   */
  record Split(ObjectNode now, ObjectNode later) {}

  /** Splits the data of a POST by what names one of those that are not known yet. */
  static Split split(ObjectNode data, Collection<String> unknown) {
    ObjectNode later = JsonNodeFactory.instance.objectNode();
    ObjectNode now = split(data, Set.copyOf(unknown), "", later.putArray("Operations"));
    return new Split(now, later);
  }

  private static ObjectNode split(
      ObjectNode data, Set<String> unknown, String prefix, ArrayNode later) {
    ObjectNode now = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : data.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (!names(value, unknown)) {
        now.set(name, value);
      } else if (value instanceof ObjectNode extension && name.indexOf(':') > 0) {
        now.set(name, split(extension, unknown, name + ":", later));
      } else if (value.isArray()) {
        ArrayNode kept = now.putArray(name);
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        value.forEach(each -> (names(each, unknown) ? left : kept).add(each));
        add(later, prefix + name, left);
      } else {
        add(later, prefix + name, value);
      }
    }
    return now;
  }

  private static void add(ArrayNode operations, String path, JsonNode value) {
    operations.addObject().put("op", "add").put("path", path).set("value", value);
  }

  private static boolean names(JsonNode value, Set<String> unknown) {
    Set<String> named = new HashSet<>();
    in(value, named);
    return named.stream().anyMatch(unknown::contains);
  }
}
