package io.pgscim.audit.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Makes the index of a log from its entries. */
public final class IndexMaking implements AutoCloseable {
  /** The index on disk, and what SQLite keeps beside it. */
  static final List<String> FILES =
      List.of("entries.sqlite", "entries.sqlite-wal", "entries.sqlite-shm");

  private final IndexFile file;
  private Batch batch;

  private IndexMaking(IndexFile file) {
    this.file = file;
  }

  /**
   * Throws away what is there, and begins.
   *
   * @param folder the log's, which nobody else writes
   */
  public static IndexMaking begin(Path folder) throws IOException {
    try {
      return new IndexMaking(anew(folder.resolve("index"), 0));
    } catch (SQLException e) {
      throw new IOException("the index cannot be made: " + e.getMessage(), e);
    }
  }

  /** An empty index in place of whatever is there. */
  static IndexFile anew(Path folder, long first) throws IOException, SQLException {
    Files.createDirectories(folder);
    for (String name : FILES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    IndexFile file = IndexFile.open(folder.resolve(FILES.getFirst()));
    file.beginAt(first);
    return file;
  }

  /** Adds the next entry; the first may be any. */
  public void add(long index, byte[] entry) throws IOException {
    if (batch == null) {
      beginAt(index);
    }
    if (index != batch.next()) {
      throw new IllegalArgumentException("entry " + batch.next() + " comes next, not " + index);
    }
    batch.add(entry);
    if (batch.full()) {
      write();
    }
  }

  private void beginAt(long first) throws IOException {
    try {
      file.beginAt(first);
      batch = new Batch(first);
    } catch (SQLException e) {
      throw new IOException("the index cannot be written: " + e.getMessage(), e);
    }
  }

  private void write() throws IOException {
    try {
      file.add(batch);
      batch = new Batch(batch.next());
    } catch (SQLException e) {
      throw new IOException("the index cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (batch != null && !batch.isEmpty()) {
        write();
      }
    } catch (SQLException e) {
      throw new IOException("the index cannot be written: " + e.getMessage(), e);
    }
  }
}
