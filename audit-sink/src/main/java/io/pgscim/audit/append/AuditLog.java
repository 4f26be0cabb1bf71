package io.pgscim.audit.append;

import io.pgscim.audit.entry.Line;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The log: entries numbered from 0, in an order that never changes. One writer; any number of
 * readers beside it.
 */
public interface AuditLog extends AutoCloseable {

  /**
   * Appends the entries in their order, all or none. When this returns, they are on disk and can be
   * read, and {@link #next} has moved past them.
   *
   * @return the index of the first
   * @throws IOException when it is not known to be on disk. Whether any of it is there is not known
   *     either: nothing more can be appended before {@link #recover}
   */
  long append(List<Line> entries) throws IOException;

  /**
   * Takes the log back to the last append that returned, after one that did not. When this returns,
   * nothing of the failed append is left and entries can be appended again.
   */
  void recover() throws IOException;

  /**
   * Appends an entry that the sink makes itself, beside those that come from records: after an
   * append that did not succeed, the log is taken back first.
   *
   * @return its index
   * @throws IOException as {@link #append} and {@link #recover}
   */
  default long appendOwn(Line entry) throws IOException {
    if (trouble() != null) {
      recover();
    }
    return append(List.of(entry));
  }

  /**
   * Those of the events that the log has an entry of.
   *
   * @throws IOException when that cannot be told at the moment
   */
  Set<UUID> holds(Collection<UUID> events) throws IOException;

  /**
   * The offset behind the last record of a partition that the log has an entry from; 0 when it has
   * none. Log and positions are one thing, so they cannot disagree.
   */
  long next(String topic, int partition);

  /** How many entries there are: the index of the next. */
  long size();

  /**
   * Entries as their bytes, from an index on.
   *
   * @param from 0 or more; at or beyond the end gives none
   * @param limit at most so many
   */
  List<byte[]> read(long from, int limit) throws IOException;

  /**
   * Told how many entries the signed checkpoint on disk covers, again and again: what is in full
   * bundles below that is kept nowhere else any more.
   */
  void covered(long size);

  /** Why nothing can be appended at the moment; null when it can. */
  String trouble();

  @Override
  void close() throws IOException;
}
