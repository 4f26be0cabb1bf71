package io.pgscim.audit.command;

import io.pgscim.audit.source.Folder;
import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.source.WithArchives;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.verify.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which log, and whose. */
final class LogOption {

  @Parameters(
      index = "0",
      paramLabel = "LOG",
      description = "The log: a folder or a URL, below which are checkpoint and tile/.")
  private String place;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Holds the bearer token, where the URL asks for one. Without it the environment variable",
        "AUDIT_TOKEN is used when it is set."
      })
  private Path tokenFile;

  @Option(
      names = "--archive",
      paramLabel = "FOLDER",
      description =
          "Where entries lie that were pruned: they are read and checked there. Again for several.")
  private List<Path> archives = List.of();

  @Mixin private KeyOption keys;

  private LogSource source;

  LogSource source() throws IOException {
    if (source == null) {
      LogSource log = LogSource.of(place, token());
      source =
          archives.isEmpty()
              ? log
              : new WithArchives(log, archives.stream().map(Folder::new).toList());
    }
    return source;
  }

  private Optional<String> token() throws IOException {
    String token =
        tokenFile == null ? System.getenv("AUDIT_TOKEN") : Files.readString(tokenFile).strip();
    return Optional.ofNullable(token).filter(text -> !text.isEmpty());
  }

  Keys keys() throws NoteException, IOException {
    return keys.givenOrBelieved(source().read("vkey"));
  }
}
