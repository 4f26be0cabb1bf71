package io.pgscim.ingest.directory;

import io.pgscim.ingest.directory.Columns.Element;
import io.pgscim.ingest.directory.Columns.Elements;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.filter.Condition.Operand;
import io.pgscim.scim.filter.Operator;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition as SQL about the row {@code r}. Whatever comes from a client or a schema, values and
 * names alike, is a parameter; the text holds nothing but what stands here.
 *
 * <p>SQL knows a third truth, SCIM does not: a comparison with nothing is false here, also under a
 * {@code NOT}. At the top it is left as it is, so that indexes apply.
 */
final class ConditionSql {
  private static final String AND = " AND ";
  private static final String OR = " OR ";

  private final Columns columns;
  private final List<Object> parameters;
  private boolean negated;

  ConditionSql(ResourceType type) {
    this(type, new ArrayList<>());
  }

  /**
   * @param parameters those of the statement so far, which more are added to
   */
  ConditionSql(ResourceType type, List<Object> parameters) {
    this.columns = new Columns(type, this);
    this.parameters = parameters;
  }

  /** Where the attributes are. */
  Columns columns() {
    return columns;
  }

  /** Takes a value into the statement; answers with what stands for it there. */
  String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  /** The values taken in so far, in order. */
  Tuple parameters() {
    return Tuple.from(parameters);
  }

  /** The condition in brackets. */
  String of(Condition condition) {
    return of(condition, null);
  }

  /**
   * @param element the expression of the element that targets are parts of; null for the resource
   */
  private String of(Condition condition, Element element) {
    return switch (condition) {
      case Condition.All all -> joined(all.parts(), AND, element);
      case Condition.Any any -> joined(any.parts(), OR, element);
      case Condition.Not not -> negation(not, element);
      case Condition.Present present -> {
        Values values = values(present.target(), element);
        yield definite(values, values.exist(values.presence()));
      }
      case Condition.Test test -> test(test, element);
      case Condition.Element inner -> elements(inner);
    };
  }

  private String joined(List<Condition> parts, String by, Element element) {
    if (parts.isEmpty()) {
      return Boolean.toString(by.equals(AND));
    }
    return parts.stream().map(part -> of(part, element)).collect(Collectors.joining(by, "(", ")"));
  }

  private String negation(Condition.Not not, Element element) {
    boolean outer = negated;
    negated = true;
    String part = of(not.part(), element);
    negated = outer;
    return "(NOT " + part + ")";
  }

  private String elements(Condition.Element condition) {
    Elements elements = columns.elements(condition.target());
    return elements.from().exists(of(condition.each(), elements.element()));
  }

  private Values values(Target target, Element element) {
    return element == null ? columns.values(target) : element.values(target);
  }

  private String test(Condition.Test test, Element element) {
    Values values = values(test.target(), element);
    if (test.operand() instanceof Operand.Nothing) {
      String some = values.exist(values.expression() + " IS NOT NULL");
      return test.operator() == Operator.EQ ? "(NOT " + some + ")" : some;
    }
    String comparison = values.exist(comparison(values, test.operator(), test.operand()));
    if (test.operator() != Operator.NE) {
      return definite(values, comparison);
    }
    // What has no value is not equal to anything.
    return "(" + comparison + " OR NOT " + values.exist(values.expression() + " IS NOT NULL") + ")";
  }

  private String definite(Values values, String comparison) {
    return negated && values.from() == null ? "coalesce(" + comparison + ", false)" : comparison;
  }

  private String comparison(Values values, Operator operator, Operand operand) {
    return switch (operand) {
      case Operand.Text text ->
          values.kind().compare(values.expression(), operator, text.value(), this);
      case Operand.Flag flag ->
          values.expression() + symbol(operator) + parameter(Boolean.toString(flag.value()));
      case Operand.Number number ->
          "("
              + values.expression()
              + ")::numeric"
              + symbol(operator)
              + parameter(number.value().toPlainString())
              + "::text::numeric";
      case Operand.Nothing nothing -> throw new IllegalStateException("presence, not comparison");
    };
  }

  static String symbol(Operator operator) {
    return switch (operator) {
      case EQ -> " = ";
      case NE -> " <> ";
      case GT -> " > ";
      case GE -> " >= ";
      case LT -> " < ";
      case LE -> " <= ";
      case CO, SW, EW -> throw unsupported("this comparison");
    };
  }

  static ScimException unsupported(String what) {
    return ScimException.badRequest(
        ScimType.INVALID_FILTER, "filter: " + what + " is not supported here");
  }
}
