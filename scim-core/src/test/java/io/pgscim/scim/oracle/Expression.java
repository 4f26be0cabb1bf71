package io.pgscim.scim.oracle;

import io.pgscim.scim.path.Target;
import java.util.List;
import java.util.stream.Collectors;

/** A filter as its author meant it, beside the text that spells it (RFC 7644 figure 1). */
sealed interface Expression {

  /** What is sent. */
  String text();

  /** The comparisons and bracketed filters it is made of, each a filter of its own. */
  List<Expression> leaves();

  /**
   * {@code attrExp}.
   *
   * @param value {@code compValue}; null for {@code pr}
   */
  record Comparison(Target target, String path, String operator, String value)
      implements Expression {
    @Override
    public String text() {
      return path + " " + operator + (value == null ? "" : " " + value);
    }

    @Override
    public List<Expression> leaves() {
      return List.of(this);
    }
  }

  /** {@code valuePath}. */
  record Element(Target target, String path, Expression each) implements Expression {
    @Override
    public String text() {
      return path + "[" + each.text() + "]";
    }

    @Override
    public List<Expression> leaves() {
      return List.of(this);
    }

    /** Each comparison alone in brackets. */
    List<Element> comparisons() {
      return each.leaves().stream().map(leaf -> new Element(target, path, leaf)).toList();
    }
  }

  /** {@code logExp}: {@code and} or {@code or} between two or more. */
  record Logical(String word, List<Expression> parts) implements Expression {
    @Override
    public String text() {
      return parts.stream().map(Expression::text).collect(Collectors.joining(" " + word + " "));
    }

    @Override
    public List<Expression> leaves() {
      return parts.stream().flatMap(part -> part.leaves().stream()).toList();
    }
  }

  /**
   * {@code *1"not" "(" FILTER ")"}.
   *
   * @param opening what stands in front: {@code (}, {@code not (} or {@code not(}
   */
  record Group(String opening, Expression inner) implements Expression {
    @Override
    public String text() {
      return opening + inner.text() + ")";
    }

    @Override
    public List<Expression> leaves() {
      return inner.leaves();
    }
  }
}
