package io.pgscim.audit.command;

import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.ProofFile;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.audit.verify.Wrong;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the proof of one entry, without the log. */
@Command(
    name = "verify-proof",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Checks a proof with the log's verifier key and nothing else, and prints its entry.")
final class VerifyProof implements Callable<Integer> {
  private static final long LONGEST = 1 << 20;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The .tlog-proof.")
  private Path file;

  @Mixin private KeyOption keys;

  @Option(
      names = "--entry",
      paramLabel = "FILE",
      description = "The entry's bytes, where the proof does not carry them.")
  private Path entryFile;

  @Option(names = "--json", description = "Prints the entry's bytes as they are.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (Files.size(file) > LONGEST) {
      throw new Audit.Failure(file + " is larger than any proof");
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      ProofFile proof = ProofFile.parse(Files.readString(file));
      byte[] entry = entry(proof);
      Checkpoint signed = keys.given().open("the checkpoint in " + file, proof.note()).checkpoint();
      if (!proof.proves(entry, signed)) {
        throw new Wrong(
            file.toString(), "the path does not lead from this entry to the root that was signed");
      }
      out.println(new EntryLine(json).of(proof.index(), entry));
      spec.commandLine()
          .getErr()
          .println(
              "proven: entry %d is in the log %s of %d entries, root %s"
                  .formatted(proof.index(), signed.origin(), signed.size(), signed.root()));
      spec.commandLine().getErr().flush();
      out.flush();
      return Audit.INTACT;
    } catch (NoteException e) {
      return broken(new Wrong(file.toString(), e.getMessage()));
    } catch (Wrong wrong) {
      return broken(wrong);
    }
  }

  private int broken(Wrong wrong) {
    Verdict verdict = wrong.verdict();
    return new Answer(spec.commandLine().getOut(), json).print(verdict);
  }

  private byte[] entry(ProofFile proof) throws IOException {
    if (entryFile != null) {
      return Files.readAllBytes(entryFile);
    }
    return proof
        .extra()
        .orElseThrow(
            () -> new Audit.Failure("the proof does not carry its entry; give it with --entry"));
  }
}
