package io.pgscim.audit.index;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.append.EventIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An index that follows when the test says so. */
public final class WrittenIndex implements EventIndex, AutoCloseable {
  private final IndexFile file;

  public WrittenIndex(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("index"));
    file = IndexFile.open(folder.resolve("index/entries.sqlite"));
  }

  public void follow(AuditLog log) throws IOException, SQLException {
    while (file.size() < log.size()) {
      var batch = new Batch(file.size());
      for (byte[] entry : log.read(file.size(), 4096)) {
        batch.add(entry);
      }
      file.add(batch);
    }
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public Map<UUID, List<Long>> find(Collection<UUID> events) throws IOException {
    try {
      return file.find(events);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  public List<Long> find(Lookup lookup) throws Exception {
    return file.find(lookup);
  }

  @Override
  public void close() throws SQLException {
    file.close();
  }
}
