package io.pgscim.audit.verify;

import io.pgscim.audit.source.Folder;
import io.pgscim.audit.source.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Something beside the tree, in the folder of a log, that must agree with the entries. Closed, so
 * that whoever adds one to the folder finds here where it is checked.
 */
sealed interface Companion extends AutoCloseable permits BesideFiles, PersonalFile, JournalFiles {

  /** What there is at a place. A web server shows the tree only. */
  static List<Companion> of(LogSource source) throws IOException {
    List<Companion> companions = new ArrayList<>();
    if (source instanceof Folder folder) {
      companions.add(new BesideFiles(folder.root()));
      if (Files.exists(folder.root().resolve(PersonalFile.FILE))) {
        companions.add(new PersonalFile(folder.root()));
      }
      companions.add(new JournalFiles(folder.root()));
    }
    return companions;
  }

  /** Told of every entry, by several threads and in no order. */
  void entry(long index, byte[] bundle, int start, int end) throws IOException;

  @Override
  default void close() throws IOException {}
}
