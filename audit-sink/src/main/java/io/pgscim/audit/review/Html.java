package io.pgscim.audit.review;

import io.pgscim.audit.review.Document.Block;
import java.util.List;
import java.util.stream.Collectors;

/** A document as one HTML page, to be read and printed. It loads nothing and runs nothing. */
final class Html {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      body { font: 14px/1.45 system-ui, sans-serif; color: #1b1f24; max-width: 75rem; margin: 2rem auto; padding: 0 1.5rem }
      h1 { font-size: 1.6rem } h2 { font-size: 1.3rem; border-bottom: 2px solid #336791; margin-top: 2.2rem }
      h3 { font-size: 1.08rem; margin-top: 1.7rem } h4 { font-size: .95rem; margin: 1.1rem 0 .3rem; color: #444c56 }
      table { border-collapse: collapse; width: 100%%; font-size: .86rem }
      th, td { text-align: left; vertical-align: top; padding: .28rem .55rem; border-bottom: 1px solid #d8dee4; overflow-wrap: anywhere }
      td:first-child { white-space: nowrap }
      th { background: #eef3f8; white-space: nowrap } tr { break-inside: avoid }
      @media print { body { margin: 0; max-width: none } }
      </style>
      </head>
      <body>
      """;

  private Html() {}

  static String of(String title, Document document) {
    return document.blocks().stream()
        .map(Html::block)
        .collect(Collectors.joining("", HEAD.formatted(escape(title)), "</body>\n</html>\n"));
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Heading heading ->
          "<h%d>%s</h%1$d>\n".formatted(heading.level(), escape(heading.text()));
      case Block.Paragraph paragraph -> "<p>" + escape(paragraph.text()) + "</p>\n";
      case Block.Table table ->
          "<table>\n<thead>"
              + row("th", table.head())
              + "</thead>\n<tbody>\n"
              + table.rows().stream()
                  .map(cells -> row("td", cells) + "\n")
                  .collect(Collectors.joining())
              + "</tbody>\n</table>\n";
    };
  }

  private static String row(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + escape(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
