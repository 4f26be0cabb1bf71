package io.pgscim.scim.filter;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.path.AttributePath;
import io.pgscim.scim.schema.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A filter as written (RFC 7644 §3.4.2.2): syntax only. {@link #on} gives it meaning for one
 * resource type.
 *
 * <p>Beyond the RFC's grammar it reads {@code emails[type eq "work"].value eq "x"}, which Entra ID
 * sends, as {@code emails[type eq "work" and value eq "x"]}: both conditions on the same element.
 */
public sealed interface Filter {
  /** Longest filter that is read, in UTF-16 units. */
  int MAX_LENGTH = 16_384;

  /** Deepest nesting of brackets that is read. */
  int MAX_DEPTH = 32;

  /** All parts hold. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return parts.stream()
          .map(part -> part instanceof And || part instanceof Or ? "(" + part + ")" : "" + part)
          .collect(Collectors.joining(" and "));
    }
  }

  /** Any part holds. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return parts.stream()
          .map(part -> part instanceof Or ? "(" + part + ")" : "" + part)
          .collect(Collectors.joining(" or "));
    }
  }

  /** The part does not hold. */
  record Not(Filter part) implements Filter {
    @Override
    public String toString() {
      return "not (" + part + ")";
    }
  }

  /** {@code userName eq "x"}. */
  record Compare(AttributePath path, Operator operator, Literal value) implements Filter {
    @Override
    public String toString() {
      return path + " " + operator.name().toLowerCase(Locale.ROOT) + " " + value;
    }
  }

  /** {@code title pr}. */
  record Present(AttributePath path) implements Filter {
    @Override
    public String toString() {
      return path + " pr";
    }
  }

  /** {@code emails[…]}: one and the same element satisfies the filter inside. */
  record Element(AttributePath path, Filter each) implements Filter {
    @Override
    public String toString() {
      return path + "[" + each + "]";
    }
  }

  /**
   * The filter that the text spells.
   *
   * @throws ScimException 400 invalidFilter, naming the character where reading failed, counted
   *     from 1
   */
  static Filter parse(String text) {
    return new FilterParser(text).whole();
  }

  /**
   * What the filter means for resources of a type.
   *
   * @throws ScimException 400 invalidFilter when the type has no such attribute or the comparison
   *     makes no sense for it
   */
  default Condition on(ResourceType type) {
    return on(type, List.of(type));
  }

  /**
   * What the filter means for resources of a type that is asked together with others: an attribute
   * that only others have has no value in it (RFC 7644 §3.4.2.1).
   *
   * @throws ScimException 400 invalidFilter when none of the types has such an attribute or the
   *     comparison makes no sense for this one
   */
  default Condition on(ResourceType type, List<ResourceType> asked) {
    return new Binding(type, asked).bind(this);
  }
}
