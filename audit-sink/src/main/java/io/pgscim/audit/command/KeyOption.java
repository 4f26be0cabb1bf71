package io.pgscim.audit.command;

import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.verify.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The keys that checkpoints may be signed with. */
final class KeyOption {

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = {
        "The log's verifier key, or a file that holds it; again for each one that it was rotated from.",
        "Without any, the log's own vkey is believed, which whoever wrote the log could have changed too."
      })
  private List<String> keys = List.of();

  Keys given() throws NoteException, IOException {
    if (keys.isEmpty()) {
      throw new Audit.Failure("--key is needed here: nothing else says whose log it is");
    }
    var texts = new ArrayList<String>();
    for (String key : keys) {
      texts.add(isFile(key) ? Files.readString(Path.of(key)) : key);
    }
    return Keys.parse(texts);
  }

  Keys givenOrBelieved(byte[] vkey) throws NoteException, IOException {
    if (!keys.isEmpty()) {
      return given();
    }
    if (vkey == null) {
      throw new Audit.Failure("there is no vkey; give the log's verifier key with --key");
    }
    return Keys.parse(List.of(new String(vkey, StandardCharsets.UTF_8)));
  }

  /** The text of a key is no path that exists, however unlucky. */
  private static boolean isFile(String key) {
    return key.length() < 4096 && key.indexOf('\0') < 0 && Files.isRegularFile(Path.of(key));
  }
}
