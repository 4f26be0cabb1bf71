package io.pgscim.audit.verify;

import io.pgscim.audit.entry.Beside;
import io.pgscim.audit.entry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Details too large for an entry lie under {@code beside/}, by the digest that the entry names.
 *
 * @param roots the log's folder, and archives of it
 */
record BesideFiles(List<Path> roots) implements Companion {
  @Override
  public void entry(long index, byte[] bundle, int start, int end) throws IOException, Wrong {
    Optional<String> named = Beside.named(bundle, start, end);
    if (named.isPresent()) {
      check(index, named.get());
    }
  }

  private void check(long index, String digest) throws IOException {
    String file = Beside.file(digest);
    for (Path root : roots) {
      try (InputStream in = Files.newInputStream(root.resolve(file))) {
        if (!Digest.hex(in).equals(digest)) {
          throw new Wrong(file, "was changed: entry " + index + " names the digest of other bytes");
        }
        return;
      } catch (NoSuchFileException elsewhere) {
        continue;
      }
    }
    throw new Wrong(file, "is missing: entry " + index + " names it");
  }
}
