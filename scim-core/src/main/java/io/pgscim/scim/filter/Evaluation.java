package io.pgscim.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.filter.Condition.Operand;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The truth of a condition about one resource in memory. */
final class Evaluation {
  private Evaluation() {}

  static boolean of(Condition condition, ObjectNode resource) {
    return holds(condition, target -> values(resource, target));
  }

  /** About one element of a complex or multi-valued attribute. */
  static boolean ofElement(Condition each, JsonNode element) {
    return holds(each, target -> target.sub() == null ? List.of(element) : parts(element, target));
  }

  private static boolean holds(Condition condition, Function<Target, List<JsonNode>> values) {
    return switch (condition) {
      case Condition.All all -> all.parts().stream().allMatch(part -> holds(part, values));
      case Condition.Any any -> any.parts().stream().anyMatch(part -> holds(part, values));
      case Condition.Not not -> !holds(not.part(), values);
      case Condition.Present present ->
          values.apply(present.target()).stream().anyMatch(Evaluation::notEmpty);
      case Condition.Test test -> holds(test, values.apply(test.target()));
      case Condition.Element element ->
          values.apply(element.target()).stream().anyMatch(one -> ofElement(element.each(), one));
    };
  }

  private static boolean holds(Condition.Test test, List<JsonNode> values) {
    if (test.operand() instanceof Operand.Nothing) {
      return (test.operator() == Operator.EQ) == values.isEmpty();
    }
    if (values.isEmpty()) {
      return test.operator() == Operator.NE;
    }
    Attribute attribute = test.target().leaf();
    return values.stream()
        .anyMatch(value -> compares(attribute, value, test.operator(), test.operand()));
  }

  /** A value of another type than the schema's, which only a foreign document has, is not equal. */
  private static boolean compares(
      Attribute attribute, JsonNode value, Operator operator, Operand operand) {
    return switch (operand) {
      case Operand.Flag flag ->
          value.isBoolean()
              ? ordered(operator, Boolean.compare(value.booleanValue(), flag.value()))
              : operator == Operator.NE;
      case Operand.Number number ->
          value.isNumber()
              ? ordered(operator, value.decimalValue().compareTo(number.value()))
              : operator == Operator.NE;
      case Operand.Text text ->
          value.isTextual()
              ? compares(comparable(attribute, value.textValue()), operator, text.value())
              : operator == Operator.NE;
      case Operand.Nothing nothing -> throw new IllegalStateException("presence, not comparison");
    };
  }

  private static boolean compares(String value, Operator operator, String operand) {
    return switch (operator) {
      case CO -> value.contains(operand);
      case SW -> value.startsWith(operand);
      case EW -> value.endsWith(operand);
      case EQ, NE, GT, GE, LT, LE -> ordered(operator, byCodePoint(value, operand));
    };
  }

  private static boolean ordered(Operator operator, int sign) {
    return switch (operator) {
      case EQ -> sign == 0;
      case NE -> sign != 0;
      case GT -> sign > 0;
      case GE -> sign >= 0;
      case LT -> sign < 0;
      case LE -> sign <= 0;
      case CO, SW, EW -> throw new IllegalStateException("the binding lets no such comparison in");
    };
  }

  private static String comparable(Attribute attribute, String value) {
    try {
      return ComparableForm.of(attribute, value);
    } catch (DateTimeException e) {
      return value;
    }
  }

  /** The order of UTF-8 bytes, which is the database's; that of UTF-16 units differs. */
  private static int byCodePoint(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogate = Character.isSurrogate(x);
        return surrogate == Character.isSurrogate(y) ? Character.compare(x, y) : surrogate ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static List<JsonNode> values(ObjectNode resource, Target target) {
    JsonNode container =
        target.extension() == null ? resource : resource.path(target.extension().id());
    if (target.attribute() == null) {
      return present(container);
    }
    List<JsonNode> values = present(container.path(target.attribute().name()));
    if (target.sub() == null) {
      return values;
    }
    List<JsonNode> parts = new ArrayList<>();
    values.forEach(value -> parts.addAll(parts(value, target)));
    return parts;
  }

  private static List<JsonNode> parts(JsonNode value, Target target) {
    return present(value.path(target.sub().name()));
  }

  private static List<JsonNode> present(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      return List.of(node);
    }
    List<JsonNode> elements = new ArrayList<>(node.size());
    node.forEach(elements::add);
    return elements;
  }

  private static boolean notEmpty(JsonNode value) {
    return value.isTextual() ? !value.textValue().isEmpty() : !value.isObject() || !value.isEmpty();
  }
}
