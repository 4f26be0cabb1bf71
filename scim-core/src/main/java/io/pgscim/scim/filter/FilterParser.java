package io.pgscim.scim.filter;

import io.pgscim.scim.filter.Filter.And;
import io.pgscim.scim.filter.Filter.Compare;
import io.pgscim.scim.filter.Filter.Element;
import io.pgscim.scim.filter.Filter.Not;
import io.pgscim.scim.filter.Filter.Or;
import io.pgscim.scim.filter.Filter.Present;
import io.pgscim.scim.path.AttributePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Recursive descent over RFC 7644 figure 1, with the precedence of §3.4.2.2: grouping, not, and,
 * or. Chains of the same operator are lists, so only brackets nest and {@link Filter#MAX_DEPTH}
 * bounds the stack.
 */
final class FilterParser {
  private final FilterText text;
  private int depth;

  FilterParser(String filter) {
    this(filter, 0);
  }

  /** Reads from the middle of a longer text. */
  FilterParser(String filter, int start) {
    this.text = new FilterText(filter, start);
    if (filter.length() > Filter.MAX_LENGTH) {
      throw text.error("a filter has at most " + Filter.MAX_LENGTH + " characters");
    }
  }

  /** The whole text as one filter. */
  Filter whole() {
    Filter filter = or(false);
    if (!text.atEnd()) {
      throw text.error("expected \"and\", \"or\" or the end");
    }
    return filter;
  }

  /** Only {@code [ valFilter ]}; returns its filter and leaves the rest unread. */
  Filter bracketed() {
    text.expect('[');
    return inside(']', () -> or(true));
  }

  /** How far reading has come. */
  int position() {
    return text.position();
  }

  private Filter or(boolean insideElement) {
    List<Filter> parts = new ArrayList<>();
    do {
      parts.add(and(insideElement));
    } while (text.takeWord("or"));
    return parts.size() == 1 ? parts.get(0) : new Or(parts);
  }

  private Filter and(boolean insideElement) {
    List<Filter> parts = new ArrayList<>();
    do {
      parts.add(term(insideElement));
    } while (text.takeWord("and"));
    return parts.size() == 1 ? parts.get(0) : new And(parts);
  }

  private Filter term(boolean insideElement) {
    if (text.take('(')) {
      return inside(')', () -> or(insideElement));
    }
    if (text.takeNot()) {
      return new Not(inside(')', () -> or(insideElement)));
    }
    AttributePath path = text.path();
    if (text.peek('[')) {
      if (insideElement) {
        throw text.error("brackets do not nest");
      }
      text.expect('[');
      return afterElement(path, inside(']', () -> or(true)));
    }
    return comparison(path);
  }

  /** Plain {@code emails[…]}, or Entra's {@code emails[…].value eq "x"}. */
  private Filter afterElement(AttributePath path, Filter each) {
    if (!text.takeDirectly('.')) {
      return new Element(path, each);
    }
    return new Element(path, new And(List.of(each, comparison(text.subAttribute()))));
  }

  private Filter comparison(AttributePath path) {
    if (text.takeWord("pr")) {
      return new Present(path);
    }
    return new Compare(path, text.operator(), text.literal());
  }

  private Filter inside(char closing, Supplier<Filter> content) {
    if (++depth > Filter.MAX_DEPTH) {
      throw text.error("a filter nests at most " + Filter.MAX_DEPTH + " deep");
    }
    Filter filter = content.get();
    text.expect(closing);
    depth--;
    return filter;
  }
}
