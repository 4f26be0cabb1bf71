package io.pgscim.audit.verify;

import io.pgscim.audit.source.Folder;
import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Checks a log's folder from a test. */
public record FolderCheck(Path folder, VerifierKey key, LongConsumer progress) {

  /** The verdict, over the signature too. */
  public Verdict check(Optional<String> older) throws IOException {
    var keys = new Keys(List.of(key));
    var source = new Folder(folder);
    try {
      Checkpoint signed = keys.open("checkpoint", source.read("checkpoint")).checkpoint();
      List<Older> kept =
          older.isEmpty()
              ? List.of()
              : List.of(
                  new Older("the older checkpoint", keys.open("older", older.get()).checkpoint()));
      return new LogCheck(
              source,
              signed,
              new Edge(),
              kept,
              (first, bundle) -> progress.accept(Math.min(first + 256, signed.size())))
          .check();
    } catch (Wrong wrong) {
      return wrong.verdict();
    }
  }

  /** The verdict on a log wherever its entries lie. */
  public static Verdict of(LogSource source, VerifierKey key) throws IOException {
    try {
      Checkpoint signed =
          new Keys(List.of(key)).open("checkpoint", source.read("checkpoint")).checkpoint();
      return new LogCheck(source, signed, new Edge(), List.of(), (first, bundle) -> {}).check();
    } catch (Wrong wrong) {
      return wrong.verdict();
    }
  }
}
