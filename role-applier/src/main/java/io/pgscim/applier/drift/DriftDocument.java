package io.pgscim.applier.drift;

import java.util.List;

/** A report as a page that an auditor can read and file. Markdown. */
public final class DriftDocument {
  private DriftDocument() {}

  /** The whole page. */
  public static String of(DriftReport report) {
    var page = new StringBuilder();
    page.append(
        """
        # Drift of %s

        %s people compared with the policy on %s, asked for by %s (`%s`), in %d ms. %s

        Digest `%s`: the same drift has the same one.
        """
            .formatted(
                code(report.cluster()),
                report.people(),
                report.begun(),
                code(report.actor()),
                report.txn(),
                report.tookMillis(),
                verdict(report),
                report.digest()));
    if (!report.isClean()) {
      page.append("\n| found | how many | |\n|---|---|---|\n");
    }
    for (Kind kind : Kind.values()) {
      Integer count = report.found().get(kind.word());
      if (count != null) {
        page.append("| %s | %d | %s |%n".formatted(kind.title, count, kind.meaning));
      }
    }
    for (Kind kind : Kind.values()) {
      List<DriftReport.Line> lines =
          report.findings().stream().filter(line -> line.kind().equals(kind.word())).toList();
      if (!lines.isEmpty()) {
        page.append("%n## %s%n".formatted(kind.title));
        lines.forEach(line -> describe(line, page));
        int more = report.found().get(kind.word()) - lines.size();
        if (more > 0) {
          page.append("%nand %d more.%n".formatted(more));
        }
      }
    }
    return page.toString();
  }

  private static String verdict(DriftReport report) {
    if (report.isClean()) {
      return "Everything is as the policy says.";
    }
    int all = report.found().values().stream().mapToInt(Integer::intValue).sum();
    return all
        + (all == 1 ? " finding." : " findings.")
        + (report.healing() ? " What pgscim can put right is put right after this report." : "");
  }

  private static void describe(DriftReport.Line line, StringBuilder page) {
    page.append(
        "%n- %s%s%n".formatted(code(line.words()), line.heals() ? "; pgscim heals it" : ""));
    if (line.sql() != null) {
      page.append("%n      %s%n".formatted(oneLine(line.sql())));
    }
  }

  /** Names are somebody else's choice: as code they can be no markup. */
  private static String code(String text) {
    return "`" + oneLine(text).replace('`', '\'') + "`";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
