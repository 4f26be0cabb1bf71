package io.pgscim.audit.read;

import io.pgscim.audit.index.Lookup;
import io.pgscim.audit.index.Terms;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which entries are asked for.
 *
 * @param fields of the entry or its {@code which}: each must be equal
 * @param since logged then or later; null for since ever
 * @param until logged earlier than then; null for until now
 * @param newestFirst the order of the answer
 * @param after in that order, only behind this index; null from the start
 * @param limit at most so many
 */
record Question(
    Map<String, String> fields,
    Instant since,
    Instant until,
    boolean newestFirst,
    Long after,
    int limit) {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  private static final Set<String> OTHERS = Set.of("after", "limit", "order", "since", "until");

  /**
   * The question of a query string, and of what the path says.
   *
   * @throws jakarta.ws.rs.WebApplicationException a bad request that says what is allowed
   */
  static Question of(Map<String, List<String>> parameters, Map<String, String> path) {
    Map<String, String> fields = new LinkedHashMap<>(path);
    parameters.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            throw Problem.badRequest(name + " is given more than once");
          }
          if (!OTHERS.contains(name)) {
            if (!Terms.OWN.contains(name) && !Terms.WHICH.contains(name)) {
              throw Problem.badRequest(
                  "no parameter is called so; there are %s, %s and %s"
                      .formatted(sorted(OTHERS), Terms.OWN, Terms.WHICH));
            }
            if (fields.put(name, values.getFirst()) != null) {
              throw Problem.badRequest(name + " stands in the path already");
            }
          }
        });
    boolean newestFirst = newestFirst(one(parameters, "order"));
    String after = one(parameters, "after");
    return new Question(
        fields,
        instant(one(parameters, "since"), "since"),
        instant(one(parameters, "until"), "until"),
        newestFirst,
        after == null ? null : WholeNumber.of(after, "after", -1, newestFirst ? 0 : -1),
        (int) WholeNumber.of(one(parameters, "limit"), "limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  /** Whether every entry is an answer. */
  boolean everything() {
    return fields.isEmpty() && since == null && until == null;
  }

  Lookup lookup(Long beyond, int most) {
    return new Lookup(fields, since, until, newestFirst, beyond, most);
  }

  private static boolean newestFirst(String order) {
    return switch (order) {
      case null -> false;
      case "asc" -> false;
      case "desc" -> true;
      default -> throw Problem.badRequest("order must be asc (oldest first) or desc");
    };
  }

  private static Instant instant(String text, String name) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badRequest(name + " must be an instant like 2026-11-25T09:30:00Z");
    }
  }

  private static String one(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null ? null : values.getFirst();
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
