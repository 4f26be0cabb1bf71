package io.pgscim.audit.source;

import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A log together with archives of what was pruned. Where an entry is read does not matter: it is
 * compared with the log's own tree all the same.
 */
public record WithArchives(LogSource log, List<Folder> archives) implements LogSource {

  public WithArchives {
    archives = List.copyOf(archives);
  }

  @Override
  public byte[] read(String name) throws IOException {
    return log.read(name);
  }

  @Override
  public byte[] read(Tile tile) throws IOException {
    byte[] bytes = log.read(tile);
    for (Folder archive : archives) {
      if (bytes == null && tile.level() == Tile.ENTRIES) {
        bytes = archive.read(tile);
      }
    }
    return bytes;
  }

  @Override
  public int atOnce() {
    return log.atOnce();
  }

  @Override
  public Optional<Folder> folder() {
    return log.folder();
  }
}
