package io.pgscim.audit.tree;

import io.pgscim.audit.tlog.SignerKey;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that sign: the current one, and while it is being replaced the next one too.
 *
 * @param next lies beside the current key, its file's name ending in {@code .next}
 */
record Keys(SignerKey current, Optional<SignerKey> next) {

  /** The keys of a file and the one beside it; a new current one on first start. */
  static Keys open(Path file, String origin) throws IOException {
    Path next = nextTo(file);
    return new Keys(
        KeyFile.open(file, origin),
        Files.exists(next) ? Optional.of(KeyFile.open(next, origin)) : Optional.empty());
  }

  /** Where the next key lies. */
  static Path nextTo(Path file) {
    return file.resolveSibling(file.getFileName() + ".next");
  }

  /** All that sign, the current one first. */
  List<SignerKey> all() {
    return Stream.concat(Stream.of(current), next.stream()).toList();
  }

  /** What verifies them, in the same order. */
  List<VerifierKey> verifiers() {
    return all().stream().map(SignerKey::verifier).toList();
  }

  /** The text of {@code vkey}: a line for each key. */
  String vkey() {
    var lines = new StringBuilder();
    verifiers().forEach(key -> lines.append(key.text()).append('\n'));
    return lines.toString();
  }
}
