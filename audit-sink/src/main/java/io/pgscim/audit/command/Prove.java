package io.pgscim.audit.command;

import io.pgscim.audit.tlog.ProofFile;
import io.pgscim.audit.verify.VerifiedLog;
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

/** Writes the proof of one entry. */
@Command(
    name = "prove",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Writes a C2SP tlog-proof: the entry, its way to the root, and the signed checkpoint. Whoever has the",
      "log's verifier key can check it with verify-proof, or with tools of others, and without the log."
    })
final class Prove implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOption log;

  @Parameters(index = "1", paramLabel = "INDEX", description = "Which entry.")
  private long index;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to (default: INDEX.tlog-proof here; - is standard output).")
  private String out;

  @Override
  public Integer call() throws Exception {
    VerifiedLog verified = VerifiedLog.open(log.source(), log.keys());
    PrintWriter err = spec.commandLine().getErr();
    if (index < 0 || index >= verified.signed().size()) {
      err.println("audit: there is no entry " + index + " below " + verified.signed().size());
      err.flush();
      return Audit.BROKEN;
    }
    ProofFile found = verified.proof(index);
    if (found.extra().isEmpty()) {
      err.println("audit: the entry was pruned: the proof is without it, or give --archive");
    }
    String proof = found.text();
    if ("-".equals(out)) {
      spec.commandLine().getOut().print(proof);
      spec.commandLine().getOut().flush();
    } else {
      Path file = Path.of(out == null ? index + ".tlog-proof" : out);
      Files.writeString(file, proof);
      err.println("written to " + file);
      err.flush();
    }
    return Audit.INTACT;
  }
}
