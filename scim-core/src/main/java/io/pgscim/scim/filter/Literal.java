package io.pgscim.scim.filter;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;

/** A comparison value as written: {@code compValue} of RFC 7644 figure 1. */
public sealed interface Literal {

  /** A JSON string. */
  record Text(String value) implements Literal {
    @Override
    public String toString() {
      return TextNode.valueOf(value).toString();
    }
  }

  /** A JSON number. */
  record Number(BigDecimal value) implements Literal {
    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** {@code true} or {@code false}. */
  record Flag(boolean value) implements Literal {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** {@code null}: no value (RFC 7643 §2.5). */
  record Nothing() implements Literal {
    @Override
    public String toString() {
      return "null";
    }
  }
}
