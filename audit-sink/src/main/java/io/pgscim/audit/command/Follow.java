package io.pgscim.audit.command;

import io.pgscim.audit.export.Filter;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.verify.Keys;
import io.pgscim.audit.verify.LogCheck;
import io.pgscim.audit.verify.Older;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.audit.verify.VerifiedLog;
import io.pgscim.audit.verify.Wrong;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints entries as they come. */
@Command(
    name = "follow",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Prints each new entry, until stopped. Before any of a new checkpoint's entries is printed, the log",
      "must have grown out of the checkpoint before."
    })
final class Follow implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration AWAY = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;
  @Mixin private LogOption log;

  @Option(
      names = "--from",
      paramLabel = "INDEX",
      description = "Begins with this entry (default: with the first that is new).")
  private Long from;

  @Option(
      names = "--until-size",
      paramLabel = "ENTRIES",
      description = "Ends when so many entries of the log were looked at (default: never).")
  private long untilSize = Long.MAX_VALUE;

  @Mixin private FilterOption filter;

  @Option(names = "--json", description = "Prints the entries' own JSON, each with its index.")
  private boolean json;

  private long next;

  @Override
  public Integer call() throws Exception {
    Keys keys = log.keys();
    VerifiedLog now = VerifiedLog.open(log.source(), keys);
    Edge edge = now.edge();
    next = from == null ? now.signed().size() : from;
    if (next < 0 || next > now.signed().size()) {
      throw new Audit.Failure(
          "the log has %d entries, so --from is 0 to %1$d".formatted(now.signed().size()));
    }
    print(now);
    while (next < untilSize) {
      Thread.sleep(LOOK);
      try {
        now = VerifiedLog.open(log.source(), keys);
        if (!now.signed().equals(checkpoint(edge, now))) {
          edge = grown(edge, now.signed());
          print(now);
        }
      } catch (Wrong wrong) {
        throw wrong;
      } catch (IOException e) {
        say("%s; trying again every %d seconds".formatted(e.getMessage(), AWAY.toSeconds()));
        Thread.sleep(AWAY);
      }
    }
    return Audit.INTACT;
  }

  private static Checkpoint checkpoint(Edge edge, VerifiedLog now) {
    return new Checkpoint(now.signed().origin(), edge.size(), edge.root());
  }

  /** The edge of the log now, which is the one before and what came after it. */
  private Edge grown(Edge before, Checkpoint signed) throws IOException, Wrong {
    var kept =
        new Older(
            "the checkpoint before", new Checkpoint(signed.origin(), before.size(), before.root()));
    var check = new LogCheck(log.source(), signed, before, List.of(kept), (first, bundle) -> {});
    return switch (check.check()) {
      case Verdict.Intact intact -> check.edge();
      case Verdict.Broken broken -> throw new Wrong(broken.where(), broken.what());
    };
  }

  private void print(VerifiedLog now) throws IOException, Wrong {
    PrintWriter out = spec.commandLine().getOut();
    Filter wanted = filter.filter();
    var line = new EntryLine(json);
    while (next < Math.min(untilSize, now.signed().size())) {
      List<byte[]> entries = now.bundleOf(next);
      for (int i = (int) (next % Tile.FULL); i < entries.size() && next < untilSize; i++) {
        if (wanted.matches(entries.get(i))) {
          out.println(line.of(next, entries.get(i)));
        }
        next++;
      }
      out.flush();
    }
  }

  private void say(String text) {
    spec.commandLine().getErr().println("audit: " + text);
    spec.commandLine().getErr().flush();
  }
}
