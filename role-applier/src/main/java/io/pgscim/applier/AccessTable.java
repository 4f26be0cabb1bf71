package io.pgscim.applier;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The same as a table in Markdown, readable as it is. */
final class AccessTable {
  private static final List<String> TOLD = List.of("can", "how", "usable", "because", "until");

  private static final int WIDEST = 60;

  private AccessTable() {}

  static String of(AccessView view) {
    return table(view) + more(view.next());
  }

  static String of(PersonView view) {
    var page = new StringBuilder(cell(view.role()));
    if (!view.attributes().isEmpty()) {
      page.append(": ").append(String.join(", ", view.attributes()));
    }
    List<List<String>> rows = new ArrayList<>(List.of(head("object")));
    for (PersonView.Held held : view.objects()) {
      held.access().forEach(way -> rows.add(row(way, held.object())));
    }
    return page.append("\n\n").append(aligned(rows)).append(more(view.next())).toString();
  }

  /** A page of its own, for filing. */
  static String of(SensitiveView view) {
    var page = new StringBuilder();
    page.append(
        "# Sensitive objects of %s%n%nWho has what on %d of them on %s.%n"
            .formatted(cell(view.cluster()), view.objects().size(), view.at()));
    for (SensitiveView.Listed one : view.objects()) {
      AccessView access = one.access();
      page.append(
          "%n## %s%n%nThe %s: who has %s?%n%n%s"
              .formatted(
                  cell(one.object()),
                  access.kind(),
                  String.join(", ", access.privileges()),
                  access.access().isEmpty() ? "Nobody.\n" : table(access)));
      if (access.next() != null) {
        page.append("%nThere is more: /access, after=%s%n".formatted(cell(access.next())));
      }
    }
    if (!view.missing().isEmpty()) {
      page.append("%n## Not there%n%n".formatted());
      view.missing()
          .forEach(
              one -> page.append("- %s: %s%n".formatted(cell(one.object()), cell(one.detail()))));
    }
    return page.append(more(view.next())).toString();
  }

  private static String table(AccessView view) {
    List<List<String>> rows = new ArrayList<>(List.of(head("login", "person")));
    view.access().forEach(way -> rows.add(row(way, way.role(), person(way))));
    return aligned(rows);
  }

  private static List<String> head(String... about) {
    return Stream.concat(Stream.of(about), TOLD.stream()).toList();
  }

  private static List<String> row(AccessView.Way way, String... about) {
    Stream<String> told =
        Stream.of(
            can(way),
            how(way),
            usable(way),
            joined(way.because().stream().map(AccessView.ReasonView::rule)),
            joined(way.because().stream().map(AccessView.ReasonView::until)));
    return Stream.concat(Stream.of(about), told).map(AccessTable::cell).toList();
  }

  /** Columns stand below each other, except where a cell is very wide. */
  private static String aligned(List<List<String>> rows) {
    int[] width = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.min(WIDEST, Math.max(width[i], row.get(i).length()));
      }
    }
    var table = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < width.length; i++) {
        String cell = row.get(i);
        table.append("| ").append(cell);
        table.repeat(' ', Math.max(0, width[i] - cell.length()) + 1);
      }
      table.append("|\n");
      if (row == rows.getFirst()) {
        for (int each : width) {
          table.append('|').repeat('-', each + 2);
        }
        table.append("|\n");
      }
    }
    return table.toString();
  }

  private static String more(String next) {
    return next == null ? "" : "\nThere is more: after=" + cell(next) + "\n";
  }

  private static String person(AccessView.Way way) {
    return !way.managed() ? "not managed" : way.userName() == null ? way.userId() : way.userName();
  }

  private static String can(AccessView.Way way) {
    boolean allGrantable =
        way.privileges().size() > 1 && way.grantable().containsAll(way.privileges());
    String privileges =
        allGrantable
            ? String.join(", ", way.privileges()) + " (can pass all of them on)"
            : way.privileges().stream()
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
