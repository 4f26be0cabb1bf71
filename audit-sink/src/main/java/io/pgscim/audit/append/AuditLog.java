package io.pgscim.audit.append;

import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Pruned;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

  /** What was pruned; empty when all entries are kept. */
  Optional<Pruned> pruned();

  /** The index of the first entry that is kept. */
  default long first() {
    return pruned().map(one -> one.prune().minimum()).orElse(0L);
  }

  /**
   * The highest minimum that there may be now: all before is signed, indexed and in full bundles.
   */
  long prunable();

  /**
   * Removes entries. They must lie in an archive, and the log must say so, signed; a crash leaves
   * them all, or is gone on with when the log is opened.
   *
   * @param now its minimum is the first entry of a bundle, at most {@link #prunable}
   */
  void prune(Pruned now) throws IOException;

  /**
   * Entries as their bytes, from an index on.
   *
   * @param from 0 or more; at or beyond the end gives none
   * @param limit at most so many
   * @throws io.pgscim.audit.entry.NotKept when the first of them was pruned
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
