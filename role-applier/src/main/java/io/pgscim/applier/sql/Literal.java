package io.pgscim.applier.sql;

/**
 * A string constant inside a statement that takes no parameters. Backslashes are escaped too, so
 * that it means the same whatever {@code standard_conforming_strings} says (PostgreSQL
 * documentation, §4.1.2.2).
 */
public record Literal(String value) {

  public Literal {
    if (value == null || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a literal must be present and must not hold U+0000");
    }
  }

  /** The value as a statement spells it. */
  public static String quoted(String value) {
    return new Literal(value).toString();
  }

  @Override
  public String toString() {
    String doubled = value.replace("'", "''");
    return value.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }
}
