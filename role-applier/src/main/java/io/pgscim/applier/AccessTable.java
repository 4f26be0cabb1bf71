package io.pgscim.applier;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The same as a table in Markdown, readable as it is. */
final class AccessTable {
  private static final List<String> TOLD = List.of("can", "how", "usable", "because", "until");

  private AccessTable() {}

  static String of(AccessView view) {
    var table = new StringBuilder(head("login", "person"));
    view.access().forEach(way -> table.append(row(way, way.role(), person(way))));
    return table.append(more(view.next())).toString();
  }

  static String of(PersonView view) {
    var table = new StringBuilder(cell(view.role()));
    if (!view.attributes().isEmpty()) {
      table.append(": ").append(String.join(", ", view.attributes()));
    }
    table.append("\n\n").append(head("object"));
    for (PersonView.Held held : view.objects()) {
      held.access().forEach(way -> table.append(row(way, held.object())));
    }
    return table.append(more(view.next())).toString();
  }

  private static String head(String... about) {
    List<String> columns = Stream.concat(Stream.of(about), TOLD.stream()).toList();
    return "| " + String.join(" | ", columns) + " |\n|" + "---|".repeat(columns.size()) + "\n";
  }

  private static String row(AccessView.Way way, String... about) {
    Stream<String> told =
        Stream.of(
            can(way),
            how(way),
            usable(way),
            joined(way.because().stream().map(AccessView.ReasonView::rule)),
            joined(way.because().stream().map(AccessView.ReasonView::until)));
    return Stream.concat(Stream.of(about), told)
        .map(AccessTable::cell)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String more(String next) {
    return next == null ? "" : "\nThere is more: after=" + cell(next) + "\n";
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

  private static String joined(Stream<String> words) {
    return words.filter(Objects::nonNull).distinct().collect(Collectors.joining("; "));
  }

  /** Whatever a name holds, it stays in its cell. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\p{Cntrl}", " ");
  }
}
