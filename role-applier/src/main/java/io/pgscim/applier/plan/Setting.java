package io.pgscim.applier.plan;

import io.pgscim.applier.sql.Identifier;
import io.pgscim.applier.sql.Literal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a parameter is spelled in {@code ALTER ROLE … SET}. One that is set for a single database is
 * {@code parameter@database}.
 */
final class Setting {
  /** Lists of names: each element is quoted by itself, or the whole list would be one name. */
  private static final Set<String> LISTS =
      Set.of(
          "search_path",
          "temp_tablespaces",
          "local_preload_libraries",
          "session_preload_libraries",
          "createrole_self_grant",
          "datestyle");

  private Setting() {}

  static String assignment(String name, String value) {
    return name(name)
        + " TO "
        + (LISTS.contains(parameter(name))
            ? Arrays.stream(value.split(","))
                .map(String::strip)
                .map(Setting::unquoted)
                .map(Literal::quoted)
                .collect(Collectors.joining(", "))
            : Literal.quoted(value));
  }

  /** Extensions' parameters have two parts. */
  static String name(String name) {
    return Arrays.stream(parameter(name).split("\\."))
        .map(Identifier::quoted)
        .collect(Collectors.joining("."));
  }

  /** {@code IN DATABASE "app" } where it is set for one. */
  static String place(String name) {
    int at = name.indexOf('@');
    return at < 0 ? "" : "IN DATABASE " + Identifier.quoted(name.substring(at + 1)) + " ";
  }

  /** The parameter, and where, in plain words. */
  static String words(String name) {
    return name.replaceFirst("@", " in database ");
  }

  private static String parameter(String name) {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  private static String unquoted(String element) {
    return element.length() >= 2 && element.startsWith("\"") && element.endsWith("\"")
        ? element.substring(1, element.length() - 1).replace("\"\"", "\"")
        : element;
  }
}
