package io.pgscim.scim.filter;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Condition.Operand;
import io.pgscim.scim.path.AttributePath;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.AttributeType;
import io.pgscim.scim.schema.ResourceType;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gives a filter its meaning for one resource type. */
final class Binding {
  private final ResourceType type;
  private final List<ResourceType> asked;

  /**
   * @param asked the types that are asked at once; what only another of them has is not wrong here
   */
  Binding(ResourceType type, List<ResourceType> asked) {
    this.type = type;
    this.asked = asked;
  }

  Condition bind(Filter filter) {
    return bind(filter, null);
  }

  /** Inside brackets, for the elements of one attribute: that needs no resource type. */
  static Condition bindEach(Filter filter, Target element) {
    return new Binding(null, List.of()).bind(filter, element);
  }

  private Condition bind(Filter filter, Target element) {
    return switch (filter) {
      case Filter.And and -> new Condition.All(bind(and.parts(), element));
      case Filter.Or or -> new Condition.Any(bind(or.parts(), element));
      case Filter.Not not -> new Condition.Not(bind(not.part(), element));
      case Filter.Present present -> {
        Target target = find(present.path(), element);
        yield target == null ? Condition.NEVER : new Condition.Present(target);
      }
      case Filter.Compare compare -> test(compare, element);
      case Filter.Element of -> element(of);
    };
  }

  private List<Condition> bind(List<Filter> parts, Target element) {
    List<Condition> bound = new ArrayList<>(parts.size());
    for (Filter part : parts) {
      bound.add(bind(part, element));
    }
    return bound;
  }

  private Condition element(Filter.Element filter) {
    Target target = find(filter.path(), null);
    if (target == null) {
      return Condition.NEVER;
    }
    Attribute attribute = target.attribute();
    if (attribute == null
        || target.sub() != null
        || !attribute.complex() && !attribute.multiValued()) {
      throw error(target + " has no elements to filter");
    }
    return new Condition.Element(target, bindEach(filter.each(), target));
  }

  private Condition test(Filter.Compare compare, Target element) {
    Target target = find(compare.path(), element);
    if (target == null) {
      boolean nothing = compare.value() instanceof Literal.Nothing;
      Operator same = nothing ? Operator.EQ : Operator.NE;
      return compare.operator() == same ? Condition.ALWAYS : Condition.NEVER;
    }
    if (target.attribute() == null) {
      throw error(target + " is a schema: name one of its attributes");
    }
    if (target.leaf().complex()) {
      // "emails co …" means their values (RFC 7644 §3.4.2.2, figure 2).
      Attribute value = target.leaf().sub("value");
      if (value == null) {
        throw error(target + " is complex: name one of its sub-attributes");
      }
      target = target.part(value);
    }
    return new Condition.Test(
        target, compare.operator(), operand(target, compare.operator(), compare.value()));
  }

  /** What the path names; null when only another of the types asked has it. */
  private Target find(AttributePath path, Target element) {
    Target target = element == null ? Target.find(type, path) : partOf(element, path);
    if (target == null
        && element == null
        && asked.stream().anyMatch(other -> Target.find(other, path) != null)) {
      return null;
    }
    if (target == null) {
      throw error(
          "there is no attribute " + path + " in " + (element == null ? type.name() : element));
    }
    if (target.hidden()) {
      throw error(target + " cannot be used in a filter");
    }
    return target;
  }

  /**
   * A path in brackets names a sub-attribute; the elements of a simple attribute are {@code value}.
   */
  private static Target partOf(Target element, AttributePath path) {
    if (path.schema() != null || path.sub() != null) {
      return null;
    }
    if (!element.attribute().complex()) {
      return path.attribute().equalsIgnoreCase("value") ? element : null;
    }
    Attribute sub = element.attribute().sub(path.attribute());
    return sub == null ? null : element.part(sub);
  }

  private static Operand operand(Target target, Operator operator, Literal literal) {
    AttributeType type = target.leaf().type();
    if (literal instanceof Literal.Nothing) {
      if (operator != Operator.EQ && operator != Operator.NE) {
        throw error(unsuited(operator, "null"));
      }
      return new Operand.Nothing();
    }
    return switch (type) {
      case BOOLEAN -> {
        onlyEquality(target, operator);
        yield flag(target, literal);
      }
      case INTEGER, DECIMAL -> {
        if (operator.searchesText()) {
          throw error(unsuited(operator, "the number " + target));
        }
        yield number(target, literal);
      }
      case DATE_TIME -> {
        if (operator.searchesText()) {
          throw error(unsuited(operator, "the dateTime " + target));
        }
        yield text(target, literal);
      }
      case BINARY -> {
        if (operator.comparesOrder()) {
          throw error(unsuited(operator, "the binary " + target));
        }
        yield text(target, literal);
      }
      case STRING, REFERENCE -> text(target, literal);
      case COMPLEX -> throw error(target + " is complex");
    };
  }

  private static void onlyEquality(Target target, Operator operator) {
    if (operator != Operator.EQ && operator != Operator.NE) {
      throw error(unsuited(operator, "the boolean " + target));
    }
  }

  /** Some clients quote booleans. */
  private static Operand flag(Target target, Literal literal) {
    if (literal instanceof Literal.Flag flag) {
      return new Operand.Flag(flag.value());
    }
    if (literal instanceof Literal.Text text
        && (text.value().equalsIgnoreCase("true") || text.value().equalsIgnoreCase("false"))) {
      return new Operand.Flag(text.value().equalsIgnoreCase("true"));
    }
    throw error(target + " is true or false");
  }

  private static Operand number(Target target, Literal literal) {
    if (literal instanceof Literal.Number number) {
      return new Operand.Number(number.value());
    }
    throw error(target + " is compared with a number");
  }

  private static Operand text(Target target, Literal literal) {
    if (!(literal instanceof Literal.Text text)) {
      throw error(target + " is compared with a string in double quotes");
    }
    if (text.value().indexOf('\0') >= 0) {
      throw error("a string cannot contain U+0000");
    }
    try {
      return new Operand.Text(ComparableForm.of(target.leaf(), text.value()));
    } catch (DateTimeException e) {
      throw error(target + " is compared with a dateTime such as \"2026-01-31T12:00:00Z\"");
    }
  }

  private static String unsuited(Operator operator, String what) {
    return "operator " + operator.name().toLowerCase(Locale.ROOT) + " does not suit " + what;
  }

  private static ScimException error(String detail) {
    return ScimException.badRequest(ScimType.INVALID_FILTER, "filter: " + detail);
  }
}
