package io.pgscim.audit.command;

import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.verify.Keys;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which log, and whose. */
final class LogOption {

  @Parameters(
      index = "0",
      paramLabel = "LOG",
      description = "The log: a folder or a URL, below which are checkpoint and tile/.")
  private String place;

  @Mixin private KeyOption keys;

  private LogSource source;

  LogSource source() {
    if (source == null) {
      source = LogSource.of(place);
    }
    return source;
  }

  Keys keys() throws NoteException, IOException {
    return keys.givenOrBelieved(source().read("vkey"));
  }
}
