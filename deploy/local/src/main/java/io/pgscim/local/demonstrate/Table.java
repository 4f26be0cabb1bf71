package io.pgscim.local.demonstrate;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under a heading, as text in columns.
 *
 * @param heading one name per column
 * @param rows as many cells as columns
 */
record Table(List<String> heading, List<List<String>> rows) {
  private static final int WIDTH = 94;
  private static final String GAP = "  ";

  Table {
    heading = List.copyOf(heading);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The lines, none longer than the page is wide: the widest column gives way. */
  List<String> lines() {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    lines.add(line(heading, widths));
    lines.add(line(heading.stream().map(name -> "").toList(), widths).replace(' ', '─'));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[heading.size()];
    int total = GAP.length() * (widths.length - 1);
    int widest = 0;
    for (int column = 0; column < widths.length; column++) {
      widths[column] = heading.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
      total += widths[column];
      widest = widths[column] > widths[widest] ? column : widest;
    }
    widths[widest] -= Math.max(0, total - WIDTH);
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String fitted =
          cell.length() <= widths[column] ? cell : cell.substring(0, widths[column] - 1) + "…";
      line.append(column == 0 ? "" : GAP)
          .append(fitted)
          .append(" ".repeat(widths[column] - fitted.length()));
    }
    return line.toString();
  }
}
