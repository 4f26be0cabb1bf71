package io.pgscim.applier.plan;

import io.pgscim.applier.sql.Identifier;
import io.pgscim.applier.sql.Literal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How a parameter is spelled in {@code ALTER ROLE … SET}. */
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
        + (LISTS.contains(name)
            ? Arrays.stream(value.split(","))
                .map(String::strip)
                .map(Setting::unquoted)
                .map(Literal::quoted)
                .collect(Collectors.joining(", "))
            : Literal.quoted(value));
  }

  /** Extensions' parameters have two parts. */
  static String name(String name) {
    return Arrays.stream(name.split("\\."))
        .map(Identifier::quoted)
        .collect(Collectors.joining("."));
  }

  private static String unquoted(String element) {
    return element.length() >= 2 && element.startsWith("\"") && element.endsWith("\"")
        ? element.substring(1, element.length() - 1).replace("\"\"", "\"")
        : element;
  }
}
