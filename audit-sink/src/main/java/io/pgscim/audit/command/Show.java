package io.pgscim.audit.command;

import io.pgscim.audit.export.Filter;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.audit.verify.VerifiedLog;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints entries. */
@Command(
    name = "show",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Prints one entry, or those that a filter lets through: when it happened, how it ended, what, to",
      "which, by whom. One entry is proven to be in the log before it is printed; for a filter the whole",
      "log is read and checked, and the last line says whether it is intact."
    })
final class Show implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOption log;

  @Parameters(index = "1", arity = "0..1", paramLabel = "INDEX", description = "Which entry.")
  private Long index;

  @Mixin private FilterOption filter;

  @Option(names = "--json", description = "Prints the entries' own JSON, each with its index.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    VerifiedLog verified = VerifiedLog.open(log.source(), log.keys());
    return index == null ? matching(verified.signed()) : one(verified);
  }

  private int one(VerifiedLog verified) throws Exception {
    if (index < 0 || index >= verified.signed().size()) {
      say("there is no entry " + index + " below " + verified.signed().size());
      return Audit.BROKEN;
    }
    byte[] entry = verified.bundleOf(index).get((int) (index % Tile.FULL));
    spec.commandLine().getOut().println(new EntryLine(json).of(index, entry));
    spec.commandLine().getOut().flush();
    return Audit.INTACT;
  }

  private int matching(Checkpoint signed) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Filter wanted = filter.filter();
    var line = new EntryLine(json);
    long[] found = {0};
    Verdict verdict =
        new WholeLog(log.source(), signed, spec.commandLine().getErr())
            .read(
                (at, entry) -> {
                  if (wanted.matches(entry)) {
                    out.println(line.of(at, entry));
                    found[0]++;
                  }
                });
    out.flush();
    say(Answer.words(verdict));
    return verdict instanceof Verdict.Intact && found[0] > 0 ? Audit.INTACT : Audit.BROKEN;
  }

  private void say(String text) {
    spec.commandLine().getErr().println("audit: " + text);
    spec.commandLine().getErr().flush();
  }
}
