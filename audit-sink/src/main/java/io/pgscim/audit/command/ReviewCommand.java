package io.pgscim.audit.command;

import io.pgscim.audit.review.Period;
import io.pgscim.audit.review.Review;
import io.pgscim.audit.review.ReviewText;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.audit.verify.VerifiedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the access review. */
@Command(
    name = "review",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Writes an access review: for each cluster and access role who gained, lost and holds it at the end,",
      "since when and decided by whom; refusals, failures, holds and drift of that time; and the verdict on",
      "the whole log, which is checked meanwhile. The same log and time give the same text."
    })
final class ReviewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOption log;

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "A calendar month, as 2026-11 (UTC).")
  private String month;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = FilterOption.Time.class,
      description = "Or from here: 2026-11-25 (UTC) or 2026-11-25T17:00:00Z.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = FilterOption.Time.class,
      description = "Until just before.")
  private Instant until;

  /** What can be asked for. */
  enum Form {
    MARKDOWN,
    HTML
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "markdown",
      description = "markdown or html (default: ${DEFAULT-VALUE}).")
  private Form form;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to (default: standard output).")
  private Path out;

  @Override
  public Integer call() throws Exception {
    var review = new Review(period());
    VerifiedLog verified = VerifiedLog.open(log.source(), log.keys());
    Verdict verdict =
        new WholeLog(log.source(), verified.signed(), spec.commandLine().getErr()).read(review);
    if (verdict instanceof Verdict.Intact intact) {
      if (intact.part().isPresent()) {
        throw new Audit.Failure(
            "who holds what is known from the first entry on, and the log begins with entry "
                + intact.part().get().from()
                + ": give the archives of those before with --archive");
      }
      var text =
          new ReviewText(
              review,
              verified.signed(),
              verified.rootAt(review.sizeBefore()),
              verified.rootAt(review.sizeAfter()),
              Answer.words(verdict));
      write(form == Form.HTML ? text.html() : text.markdown());
    }
    spec.commandLine().getErr().println("audit: " + Answer.words(verdict));
    spec.commandLine().getErr().flush();
    return verdict instanceof Verdict.Intact ? Audit.INTACT : Audit.BROKEN;
  }

  private Period period() {
    try {
      if (month != null && since == null && until == null) {
        return Period.of(YearMonth.parse(month));
      }
      if (month == null && since != null && until != null) {
        return new Period(since, until);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    throw new ParameterException(
        spec.commandLine(), "either --month, or --since and --until, say which time is reviewed");
  }

  private void write(String text) throws Exception {
    if (out == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      Files.writeString(out, text);
    }
  }
}
