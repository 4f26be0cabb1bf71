package io.pgscim.applier.sql;

import java.nio.charset.StandardCharsets;

/**
 * A name inside a statement, always quoted: whatever it holds, it stays a name (PostgreSQL
 * documentation, §4.1.1). A name that PostgreSQL would cut is refused, for a cut name may be
 * somebody else's.
 */
public record Identifier(String name) {
  /** Longest name that PostgreSQL keeps whole ({@code NAMEDATALEN - 1}), in bytes of UTF-8. */
  public static final int MAX_BYTES = 63;

  public Identifier {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("a name must not be empty");
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name must not hold U+0000");
    }
    if (bytes(name) > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a name must not be longer than " + MAX_BYTES + " bytes, this has " + bytes(name));
    }
  }

  /** The name as a statement spells it. */
  public static String quoted(String name) {
    return new Identifier(name).toString();
  }

  /** {@code "schema"."name"}. */
  public static String quoted(String schema, String name) {
    return quoted(schema) + "." + quoted(name);
  }

  /** Length in PostgreSQL's terms. */
  public static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
