package io.pgscim.audit.review;

import io.pgscim.audit.review.Document.Block;
import java.util.List;
import java.util.stream.Collectors;

/** A document as Markdown with tables. What stands in the log cannot become markup. */
final class Markdown {
  private Markdown() {}

  static String of(Document document) {
    return document.blocks().stream().map(Markdown::block).collect(Collectors.joining("\n"));
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Heading heading ->
          "#".repeat(heading.level()) + " " + escape(heading.text()) + "\n";
      case Block.Paragraph paragraph -> escape(paragraph.text()) + "\n";
      case Block.Table table ->
          row(table.head())
              + "|---".repeat(table.head().size())
              + "|\n"
              + table.rows().stream().map(Markdown::row).collect(Collectors.joining());
    };
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String escape(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                escaped.append(' ');
              } else {
                if ("\\`*_[]<>|#&".indexOf(c) >= 0 && !(c == '_' && isInner(escaped))) {
                  escaped.append('\\');
                }
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  /** Between letters an underscore is one. */
  private static boolean isInner(StringBuilder before) {
    return !before.isEmpty() && Character.isLetterOrDigit(before.charAt(before.length() - 1));
  }
}
