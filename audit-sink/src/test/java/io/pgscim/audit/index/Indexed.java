package io.pgscim.audit.index;

import io.pgscim.audit.append.AuditLog;
import java.nio.file.Path;

/** An index of the first entries of a log. */
public final class Indexed {
  private Indexed() {}

  public static Index of(Path file, AuditLog log, int entries) throws Exception {
    IndexFile opened = IndexFile.open(file);
    if (entries > 0) {
      var batch = new Batch(0);
      for (byte[] entry : log.read(0, entries)) {
        batch.add(entry);
      }
      opened.add(batch);
    }
    var index = new Index();
    index.use(opened);
    return index;
  }
}
