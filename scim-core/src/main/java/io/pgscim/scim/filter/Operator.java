package io.pgscim.scim.filter;

/** Comparison operators (RFC 7644 §3.4.2.2, table 3); {@code pr} is {@link Filter.Present}. */
public enum Operator {
  EQ,
  NE,
  CO,
  SW,
  EW,
  GT,
  GE,
  LT,
  LE;

  /** The operator of that name in any case; null when there is none. */
  static Operator named(String name) {
    for (Operator operator : values()) {
      if (operator.name().equalsIgnoreCase(name)) {
        return operator;
      }
    }
    return null;
  }

  /** Whether it looks into strings: co, sw, ew. */
  public boolean searchesText() {
    return this == CO || this == SW || this == EW;
  }

  /** Whether it asks for an order: gt, ge, lt, le. */
  public boolean comparesOrder() {
    return this == GT || this == GE || this == LT || this == LE;
  }
}
