package io.pgscim.ingest.directory;

import io.pgscim.ingest.directory.Query.Position;
import java.util.List;

/**
 * Some of the resources that a query finds, in its order.
 *
 * @param total how many it finds altogether; {@link #UNCOUNTED} behind a position
 * @param more whether others follow in the direction of the query
 * @param first where the first one is; null when there are none
 * @param last where the last one is
 */
public record Page(
    List<Stored> resources, long total, boolean more, Position first, Position last) {
  /** Who has a position was told the total with it. */
  public static final long UNCOUNTED = -1;

  static Page empty(long total) {
    return new Page(List.of(), total, false, null, null);
  }

  /** The same, told how many there are altogether. */
  public Page counted(long all) {
    return new Page(resources, all, more, first, last);
  }
}
