package io.pgscim.audit.command;

import io.pgscim.audit.export.Csv;
import io.pgscim.audit.export.Filter;
import io.pgscim.audit.export.Format;
import io.pgscim.audit.export.JsonLines;
import io.pgscim.audit.export.Ocsf;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.audit.verify.VerifiedLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes entries in forms that others read. */
@Command(
    name = "export",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Writes entries as JSON Lines, CSV or OCSF 1.8.0 events. The whole log is checked meanwhile: a file",
      "appears under its name only when the log is intact; of standard output the exit code must be asked."
    })
final class Export implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOption log;

  /** What can be asked for. */
  enum Kind {
    JSONL,
    CSV,
    OCSF;

    Format format(Checkpoint signed) {
      return switch (this) {
        case JSONL -> new JsonLines();
        case CSV -> new Csv();
        case OCSF -> new Ocsf(signed);
      };
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description = "One of jsonl, csv, ocsf (default: ${DEFAULT-VALUE}).")
  private Kind kind;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to (default: standard output).")
  private Path out;

  @Mixin private FilterOption filter;

  @Override
  public Integer call() throws Exception {
    Checkpoint signed = VerifiedLog.open(log.source(), log.keys()).signed();
    Verdict verdict = out == null ? write(signed, System.out) : writeFile(signed);
    spec.commandLine().getErr().println("audit: " + Answer.words(verdict));
    spec.commandLine().getErr().flush();
    return verdict instanceof Verdict.Intact ? Audit.INTACT : Audit.BROKEN;
  }

  private Verdict writeFile(Checkpoint signed) throws IOException {
    Path draft = out.toAbsolutePath().resolveSibling("." + out.getFileName() + ".draft");
    try {
      Verdict verdict;
      try (OutputStream file = Files.newOutputStream(draft)) {
        verdict = write(signed, file);
      }
      if (verdict instanceof Verdict.Intact) {
        Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING);
      }
      return verdict;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Verdict write(Checkpoint signed, OutputStream to) throws IOException {
    Format format = kind.format(signed);
    Filter wanted = filter.filter();
    var buffered = new BufferedOutputStream(to, 1 << 16);
    buffered.write(format.head());
    Verdict verdict =
        new WholeLog(log.source(), signed, spec.commandLine().getErr())
            .read(
                (index, entry) -> {
                  if (wanted.matches(entry)) {
                    buffered.write(format.entry(index, entry));
                  }
                });
    buffered.flush();
    return verdict;
  }
}
