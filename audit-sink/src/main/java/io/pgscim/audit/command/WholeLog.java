package io.pgscim.audit.command;

import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.verify.LogCheck;
import io.pgscim.audit.verify.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * A log from its first entry to the last that is signed, read once and checked meanwhile.
 *
 * @param progress told now and then how far it has come
 */
record WholeLog(LogSource source, Checkpoint signed, PrintWriter progress) {

  /** Reads it; what was read counts when the verdict is that the log is intact. */
  Verdict read(LogCheck.Entries entries) throws IOException {
    LogCheck.Reader reader =
        new Progress(progress, signed.size()).before(LogCheck.Reader.of(entries));
    return new LogCheck(source, signed, new Edge(), List.of(), reader).check();
  }
}
