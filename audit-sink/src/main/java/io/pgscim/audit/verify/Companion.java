package io.pgscim.audit.verify;

import io.pgscim.audit.source.Folder;
import io.pgscim.audit.source.LogSource;
import java.io.IOException;
import java.util.List;

/**
 * Something beside the tree, in the folder of a log, that must agree with the entries. Closed, so
 * that whoever adds one to the folder finds here where it is checked.
 */
sealed interface Companion permits BesideFiles {

  /** What there is at a place. A web server shows the tree only. */
  static List<Companion> of(LogSource source) {
    return source instanceof Folder folder ? List.of(new BesideFiles(folder.root())) : List.of();
  }

  /** Told of every entry, by several threads and in no order. */
  void entry(long index, byte[] bundle, int start, int end) throws IOException, Wrong;
}
