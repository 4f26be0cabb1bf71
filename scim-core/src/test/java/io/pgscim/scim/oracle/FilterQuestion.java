package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.oracle.Expression.Comparison;
import io.pgscim.scim.oracle.Expression.Element;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.AttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One comparison about one resource, and two answers that differ. */
record FilterQuestion(Expression leaf, ObjectNode resource, Verdict ours, Verdict theirs) {

  boolean agreed() {
    return ours == theirs;
  }

  Comparison comparison() {
    return (Comparison) (leaf instanceof Element element ? element.each() : leaf);
  }

  /** The resource once for each element that brackets choose from, with that element alone. */
  List<ObjectNode> candidates() {
    String name = ((Element) leaf).target().attribute().name();
    List<ObjectNode> candidates = new ArrayList<>();
    for (JsonNode element : resource.path(name)) {
      ObjectNode candidate = resource.deepCopy();
      candidate.putArray(name).add(element);
      candidates.add(candidate);
    }
    return candidates.isEmpty() ? List.of(resource) : candidates;
  }

  boolean inBrackets() {
    return leaf instanceof Element;
  }

  String operator() {
    return comparison().operator().toLowerCase(Locale.ROOT);
  }

  boolean operatorIs(String... any) {
    return List.of(any).contains(operator());
  }

  /** The literal as written; empty for {@code pr}. */
  String literal() {
    return comparison().value() == null ? "" : comparison().value();
  }

  Attribute attribute() {
    return comparison().target().leaf();
  }

  boolean numeric() {
    return attribute().type() == AttributeType.INTEGER
        || attribute().type() == AttributeType.DECIMAL;
  }

  String path() {
    return leaf instanceof Element element ? element.path() : comparison().path();
  }

  boolean namesCoreSchema() {
    return path().startsWith("urn:ietf:params:scim:schemas:core:")
        || path().startsWith("urn:example:");
  }

  /** The elements, or the one value, of the attribute. */
  List<JsonNode> elements() {
    Target target = comparison().target();
    JsonNode holder =
        target.extension() == null ? resource : resource.path(target.extension().id());
    List<JsonNode> elements = new ArrayList<>();
    JsonNode value = holder.path(target.attribute().name());
    if (value.isArray()) {
      value.forEach(elements::add);
    } else if (!value.isMissingNode()) {
      elements.add(value);
    }
    return elements;
  }

  /** Whether there is nothing to compare, in at least one element. */
  boolean somethingAbsent() {
    Target target = comparison().target();
    return elements().isEmpty()
        || target.sub() != null
            && elements().stream().anyMatch(element -> !element.has(target.sub().name()));
  }

  boolean severalElements() {
    return elements().size() > 1;
  }
}
