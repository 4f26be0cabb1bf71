package io.pgscim.audit.command;

import io.pgscim.audit.disk.WriterLock;
import io.pgscim.audit.index.IndexCheck;
import io.pgscim.audit.index.IndexMaking;
import io.pgscim.audit.source.Folder;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.verify.LogCheck;
import io.pgscim.audit.verify.Verdict;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the index with the log, or makes it anew. */
@Command(
    name = "verify-index",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Checks a log in a folder, and that the index by which audit-sink finds entries is what they say.",
      "The index is a hint: what it names is compared with the entries before it is believed. A wrong",
      "one can hide entries from a search, never from verify."
    })
final class VerifyIndex implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOption log;

  @Option(
      names = "--rebuild",
      description = {
        "Makes it anew from the entries. Stop audit-sink before. Of a pruned log give --archive, too, so",
        "that events of long ago are known again when they come a second time."
      })
  private boolean rebuild;

  @Override
  public Integer call() throws Exception {
    Folder folder =
        log.source()
            .folder()
            .orElseThrow(
                () ->
                    new Audit.Failure(
                        "an index lies in a log's folder: name the folder, not a URL"));
    Checkpoint signed = log.keys().open("checkpoint", folder.read("checkpoint")).checkpoint();
    if (rebuild) {
      try (WriterLock lock = WriterLock.take(folder.root());
          IndexMaking index = IndexMaking.begin(folder.root())) {
        return answer(read(signed, index::add), signed.size() + " entries indexed");
      }
    }
    return check(folder, signed);
  }

  private int check(Folder folder, Checkpoint signed) throws IOException {
    try (IndexCheck index = IndexCheck.open(folder.root())) {
      Verdict verdict = read(signed, index::entry);
      OptionalLong wrong =
          verdict instanceof Verdict.Intact intact
              ? index.firstWrong(intact.part().map(Verdict.Part::from).orElse(0L), signed.size())
              : OptionalLong.empty();
      if (wrong.isPresent()) {
        long first = wrong.getAsLong();
        verdict =
            new Verdict.Broken(
                "index/entries.sqlite",
                "holds something else than entries %d to %d say; make it anew with --rebuild"
                    .formatted(first, Math.min(first + IndexCheck.RUN, index.size()) - 1));
      }
      return answer(verdict, "the index knows " + index.size() + " entries, as they are");
    }
  }

  private Verdict read(Checkpoint signed, LogCheck.Entries each) throws IOException {
    return new WholeLog(log.source(), signed, spec.commandLine().getErr()).read(each);
  }

  private int answer(Verdict verdict, String intact) throws IOException {
    if (verdict instanceof Verdict.Intact) {
      spec.commandLine().getOut().println("intact: " + intact);
      spec.commandLine().getOut().flush();
      return Audit.INTACT;
    }
    return new Answer(spec.commandLine().getOut(), false).print(verdict);
  }
}
