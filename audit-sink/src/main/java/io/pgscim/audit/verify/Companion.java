package io.pgscim.audit.verify;

import io.pgscim.audit.source.Folder;
import io.pgscim.audit.source.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something beside the tree, in the folder of a log, that must agree with the entries. Closed, so
 * that whoever adds one to the folder finds here where it is checked.
 */
sealed interface Companion extends AutoCloseable permits BesideFiles, PersonalFile, JournalFiles {

  /** What there is at a place. A web server shows the tree only. */
  static List<Companion> of(LogSource source) throws IOException {
    List<Companion> companions = new ArrayList<>();
    Optional<Path> folder = source.folder().map(Folder::root);
    if (folder.isPresent()) {
      companions.add(
          new BesideFiles(
              Stream.concat(folder.stream(), source.archives().stream().map(Folder::root))
                  .toList()));
      if (Files.exists(folder.get().resolve(PersonalFile.FILE))) {
        companions.add(new PersonalFile(folder.get()));
      }
      companions.add(new JournalFiles(folder.get()));
    }
    return companions;
  }

  /** Told of every entry, by several threads and in no order. */
  void entry(long index, byte[] bundle, int start, int end) throws IOException;

  /**
   * Told behind the last entry, when all were shown.
   *
   * @param before by {@code topic/partition}, how far each had come in entries that are not here
   *     any more
   * @param until how many entries there are
   */
  default void end(Map<String, Long> before, long until) throws IOException {}

  @Override
  default void close() throws IOException {}
}
