package io.pgscim.applier;

import java.util.List;
import java.util.stream.Collectors;

/** The same as a table in Markdown, readable as it is. */
final class AccessTable {
  private static final String HEAD =
      """
      | login | person | can | how | usable | because | until |
      |---|---|---|---|---|---|---|
      """;

  private AccessTable() {}

  static String of(AccessView view) {
    var table = new StringBuilder(HEAD);
    for (AccessView.Way way : view.access()) {
      table
          .append("| ")
          .append(
              List.of(
                      way.role(),
                      person(way),
                      can(way),
                      how(way),
                      usable(way),
                      joined(way.because().stream().map(AccessView.ReasonView::rule).toList()),
                      joined(
                          way.because().stream()
                              .map(reason -> reason.until() == null ? "" : reason.until())
                              .distinct()
                              .toList()))
                  .stream()
                  .map(AccessTable::cell)
                  .collect(Collectors.joining(" | ")))
          .append(" |\n");
    }
    if (view.next() != null) {
      table.append("\nThere is more: after=").append(cell(view.next())).append('\n');
    }
    return table.toString();
  }

  private static String person(AccessView.Way way) {
    return !way.managed() ? "not managed" : way.userName() == null ? way.userId() : way.userName();
  }

  private static String can(AccessView.Way way) {
    String privileges =
        way.privileges().stream()
            .map(one -> way.grantable().contains(one) ? one + " (can pass it on)" : one)
            .collect(Collectors.joining(", "));
    return way.columns().isEmpty()
        ? privileges
        : privileges + " on columns " + String.join(", ", way.columns());
  }

  private static String how(AccessView.Way way) {
    AccessView.PathView path = way.path();
    String what =
        switch (path.kind()) {
          case "grant" -> "granted to " + path.role();
          case "public" -> "granted to PUBLIC";
          default -> path.kind() + " " + path.role();
        };
    return path.steps().isEmpty()
        ? what
        : what
            + ", as member of "
            + path.steps().stream().map(s -> s.role()).collect(Collectors.joining(" → "));
  }

  private static String usable(AccessView.Way way) {
    String usable =
        !way.obstacles().isEmpty()
            ? "no: " + String.join("; ", way.obstacles())
            : way.setRole() == null ? "at once" : "after SET ROLE " + way.setRole();
    return way.rowSecurity() == null
        ? usable
        : usable + "; row-level security " + way.rowSecurity();
  }

  private static String joined(List<String> words) {
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining("; "));
  }

  /** Whatever a name holds, it stays in its cell. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\p{Cntrl}", " ");
  }
}
