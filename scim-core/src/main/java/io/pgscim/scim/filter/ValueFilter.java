package io.pgscim.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.path.Target;
import java.util.List;

/**
 * A filter in brackets inside a longer text: {@code [ valFilter ]} of RFC 7644 figure 1.
 *
 * @param end where the text goes on behind the closing bracket
 */
public record ValueFilter(Filter filter, int end) {

  /**
   * The filter whose opening bracket stands at that place in the text.
   *
   * @throws ScimException 400 invalidFilter
   */
  public static ValueFilter parse(String text, int openingBracket) {
    FilterParser parser = new FilterParser(text, openingBracket);
    Filter filter = parser.bracketed();
    return new ValueFilter(filter, parser.position());
  }

  /**
   * What the filter means for the elements of an attribute.
   *
   * @throws ScimException 400 invalidFilter when the elements have no such sub-attribute
   */
  public static Condition on(Target attribute, Filter filter) {
    return Binding.bindEach(filter, attribute);
  }

  /** Whether one element of the attribute satisfies the condition. */
  public static boolean matches(Condition each, JsonNode element) {
    return Evaluation.ofElement(each, element);
  }

  /**
   * The element that a filter of nothing but {@code eq} describes: for {@code type eq "work"} it is
   * {@code {"type": "work"}}. Null for any other filter.
   */
  public static ObjectNode described(Filter filter) {
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    List<Filter> parts = filter instanceof Filter.And and ? and.parts() : List.of(filter);
    for (Filter part : parts) {
      if (!(part instanceof Filter.Compare compare) || compare.operator() != Operator.EQ) {
        return null;
      }
      element.set(compare.path().attribute(), json(compare.value()));
    }
    return element;
  }

  private static JsonNode json(Literal literal) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (literal) {
      case Literal.Text text -> json.textNode(text.value());
      case Literal.Number number -> json.numberNode(number.value());
      case Literal.Flag flag -> json.booleanNode(flag.value());
      case Literal.Nothing nothing -> json.nullNode();
    };
  }
}
