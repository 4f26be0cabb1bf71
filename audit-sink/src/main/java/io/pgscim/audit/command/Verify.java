package io.pgscim.audit.command;

import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.verify.Keys;
import io.pgscim.audit.verify.LogCheck;
import io.pgscim.audit.verify.Older;
import io.pgscim.audit.verify.Remembered;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.audit.verify.Wrong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a whole log. */
@Command(
    name = "verify",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Checks every entry, tile and signature of a log, and in a folder also what lies beside the tree.",
      "What is broken is named exactly: the entry, tile or signature that is not what was signed."
    })
final class Verify implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOption log;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = {
        "A checkpoint of this log that you kept: the log must have grown out of it. Again for several.",
        "Only this, or --state, shows that the whole log was not rewritten by whoever has its key."
      })
  private List<Path> since = List.of();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = {
        "Remembers there how far the log was found intact, and next time checks only what came after,",
        "and that it grew out of what was there. Keep it where the log's owner cannot write."
      })
  private Path state;

  @Option(names = "--json", description = "Answers with JSON.")
  private boolean json;

  private Optional<Instant> time = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Verdict verdict;
    try {
      verdict = check();
    } catch (Wrong wrong) {
      verdict = wrong.verdict();
    }
    return new Answer(spec.commandLine().getOut(), json).print(verdict, time);
  }

  private Verdict check() throws IOException, NoteException, Wrong {
    LogSource source = log.source();
    Keys keys = log.keys();
    SignedCheckpoint note = keys.open("checkpoint", source.read("checkpoint"));
    Checkpoint signed = note.checkpoint();
    time = note.time();
    var older = new ArrayList<Older>();
    for (Path file : since) {
      String where = "the checkpoint in " + file;
      older.add(new Older(where, keys.open(where, Files.readString(file)).checkpoint()));
    }
    Edge start = start(signed, older);
    var check =
        new LogCheck(
            source,
            signed,
            start,
            older,
            new Progress(spec.commandLine().getErr(), signed.size()).before((first, bundle) -> {}));
    Verdict verdict = check.check();
    if (state != null && verdict instanceof Verdict.Intact intact) {
      if (intact.part().filter(Verdict.Part::archive).isPresent()) {
        throw new Audit.Failure("this is an archive, of which nothing more will come: no --state");
      }
      remember(new Remembered(signed, check.edge()));
    }
    return verdict;
  }

  /**
   * Where to begin. What is remembered must be grown out of as well; where an older checkpoint lies
   * before it, everything is read again.
   */
  private Edge start(Checkpoint signed, List<Older> older) throws IOException {
    if (state == null || !Files.exists(state)) {
      return new Edge();
    }
    Remembered remembered = remembered();
    if (!remembered.checkpoint().origin().equals(signed.origin())) {
      throw new Audit.Failure(
          state + " remembers the log " + remembered.checkpoint().origin() + ", this is another");
    }
    long size = remembered.checkpoint().size();
    boolean again = older.stream().anyMatch(one -> one.checkpoint().size() < size);
    older.add(new Older("the check that " + state + " remembers", remembered.checkpoint()));
    return again || size > signed.size() ? new Edge() : remembered.edge();
  }

  private Remembered remembered() throws IOException {
    try {
      return Remembered.parse(Files.readString(state));
    } catch (IllegalArgumentException e) {
      throw new Audit.Failure(
          state + " cannot be used: " + e.getMessage() + "; remove it to check everything");
    }
  }

  /** Whole or not at all: the next check believes it. */
  private void remember(Remembered now) throws IOException {
    Path draft = state.toAbsolutePath().resolveSibling("." + state.getFileName() + ".draft");
    Files.writeString(draft, now.text());
    Files.move(draft, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
