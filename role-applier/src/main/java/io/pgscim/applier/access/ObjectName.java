package io.pgscim.applier.access;

import io.pgscim.applier.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object as people write it: {@code database}, {@code database.schema}, {@code
 * database.schema.relation}, {@code database.schema.relation.column} or {@code
 * database.schema.routine(type, …)}. What is not in double quotes is folded to lower case, as
 * PostgreSQL does (documentation, §4.1.1).
 *
 * @param name of a relation, or of a routine when there are arguments
 * @param arguments the types of a routine's input arguments; empty when it is no routine
 */
public record ObjectName(
    String database,
    Optional<String> schema,
    Optional<String> name,
    Optional<String> column,
    Optional<List<String>> arguments) {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final int LONGEST = 2000;
  private static final int MOST_PARTS = 4;

  static final String SHAPES =
      "write database, database.schema, database.schema.relation,"
          + " database.schema.relation.column or database.schema.function(type, …),"
          + " names in double quotes where they have capitals or dots";

  public ObjectName {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(column, "column");
    arguments = arguments.map(List::copyOf);
  }

  /**
   * @throws IllegalArgumentException when the text is no name of that shape, with what to write
   *     instead
   */
  public static ObjectName parse(String text) {
    if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("that is no name of an object; " + SHAPES);
    }
    return new Reader(text.strip()).read();
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String names =
        Stream.of(Optional.of(database), schema, name, column)
            .flatMap(Optional::stream)
            .map(part -> PLAIN.matcher(part).matches() ? part : Identifier.quoted(part))
            .collect(Collectors.joining("."));
    return arguments.map(types -> names + "(" + String.join(", ", types) + ")").orElse(names);
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    ObjectName read() {
      List<String> parts = new ArrayList<>();
      parts.add(part());
      while (at < text.length() && text.charAt(at) == '.') {
        at++;
        parts.add(part());
      }
      Optional<List<String>> arguments =
          at < text.length() && text.charAt(at) == '('
              ? Optional.of(arguments())
              : Optional.empty();
      if (at < text.length()
          || parts.size() > MOST_PARTS
          || arguments.isPresent() && parts.size() != 3) {
        throw wrong();
      }
      return new ObjectName(parts.get(0), nth(parts, 1), nth(parts, 2), nth(parts, 3), arguments);
    }

    private static Optional<String> nth(List<String> parts, int n) {
      return n < parts.size() ? Optional.of(parts.get(n)) : Optional.empty();
    }

    private String part() {
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted();
      }
      int from = at;
      while (at < text.length() && ".\"() \t\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == from) {
        throw wrong();
      }
      return text.substring(from, at).toLowerCase(Locale.ROOT);
    }

    private String quoted() {
      var name = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          if (at + 1 == text.length() || text.charAt(at + 1) != '"') {
            at++;
            if (name.isEmpty()) {
              throw wrong();
            }
            return name.toString();
          }
          at++;
        }
        name.append(c);
      }
      throw wrong();
    }

    /** Commas inside of parentheses or quotes belong to a type: {@code numeric(10,2)}. */
    private List<String> arguments() {
      if (!text.endsWith(")")) {
        throw wrong();
      }
      String list = text.substring(at + 1, text.length() - 1);
      at = text.length();
      List<String> types = new ArrayList<>();
      var type = new StringBuilder();
      int depth = 0;
      boolean quoted = false;
      for (char c : list.toCharArray()) {
        quoted ^= c == '"';
        depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ',' && depth == 0 && !quoted) {
          types.add(type.toString().strip());
          type.setLength(0);
        } else {
          type.append(c);
        }
      }
      if (!list.isBlank()) {
        types.add(type.toString().strip());
      }
      if (types.contains("") || depth != 0 || quoted) {
        throw wrong();
      }
      return types;
    }

    private IllegalArgumentException wrong() {
      return new IllegalArgumentException("'" + text + "' is no name of an object; " + SHAPES);
    }
  }
}
