package io.pgscim.ingest.directory;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who came into a group and who left it; nobody does both. */
record Turnover(List<UUID> come, List<UUID> gone) {

  Turnover {
    come = List.copyOf(come);
    gone = List.copyOf(gone);
  }

  static final Turnover NONE = new Turnover(List.of(), List.of());

  boolean isEmpty() {
    return come.isEmpty() && gone.isEmpty();
  }

  /** The rows that say {@code come} or {@code gone}. */
  static Turnover of(RowSet<Row> rows) {
    List<UUID> come = new ArrayList<>();
    List<UUID> gone = new ArrayList<>();
    for (Row row : rows) {
      switch (row.getString("what")) {
        case "come" -> come.add(row.getUUID("id"));
        case "gone" -> gone.add(row.getUUID("id"));
        default -> {}
      }
    }
    return new Turnover(come, gone);
  }
}
