package io.pgscim.audit.tree;

import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.SignerKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The signing key, in a file that only its owner can read. */
final class KeyFile {
  private KeyFile() {}

  /**
   * The key of the file; a new one on first start.
   *
   * @throws IOException when it cannot be read, belongs to another log, or others can read it
   */
  static SignerKey open(Path file, String origin) throws IOException {
    if (!Files.exists(file)) {
      create(file, SignerKey.generate(origin));
    }
    var permissions = Files.getPosixFilePermissions(file);
    if (!PosixFilePermissions.toString(permissions).endsWith("------")) {
      throw new IOException("others than its owner can read the signing key " + file);
    }
    try {
      SignerKey key = SignerKey.parse(Files.readString(file));
      if (!key.verifier().name().equals(origin)) {
        throw new IOException(
            "the signing key is of the log " + key.verifier().name() + ", not of " + origin);
      }
      return key;
    } catch (NoteException e) {
      throw new IOException(e.getMessage() + ": " + file, e);
    }
  }

  /** Writes a key so that it is whole or not there. */
  static void create(Path file, SignerKey key) throws IOException {
    Files.createDirectories(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, key.text() + "\n", StandardOpenOption.SYNC);
    move(draft, file);
  }

  /** Puts a key in the place of another, which is then gone. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
