package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Line;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;

/**
 * The newest entries, in segments: {@code journal/<index of the first>.jsonl}. One writer, one who
 * retires segments, any number of readers.
 */
final class Journal implements Closeable {
  static final String FOLDER = "journal";
  private static final Pattern NAME = Pattern.compile("([0-9]{12,18})\\.jsonl");

  private final Disk disk;
  private final int segmentBytes;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** In order, each beginning where the one before ends; never empty. Guarded by the lock. */
  private final List<Segment> segments = new ArrayList<>();

  private final Positions positions;
  private final WriteBuffer buffer = new WriteBuffer();
  private volatile long size;

  private Journal(Disk disk, int segmentBytes, State state) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.positions = new Positions(state.next());
  }

  /** Where the segments on disk begin. */
  static SortedSet<Long> beginnings(Disk disk) throws IOException {
    var beginnings = new TreeSet<Long>();
    for (String name : disk.list(FOLDER)) {
      var matcher = NAME.matcher(name);
      if (matcher.matches()) {
        beginnings.add(Long.parseLong(matcher.group(1)));
      }
    }
    return beginnings;
  }

  /**
   * Opens the segments from the one on that the state speaks of, or begins with it; older ones are
   * deleted.
   *
   * @param segmentBytes a segment this long is followed by another
   * @throws IOException when one is damaged or missing, with the place
   */
  static Journal open(Disk disk, int segmentBytes, State state, SegmentScan.Found found)
      throws IOException {
    var journal = new Journal(disk, segmentBytes, state);
    try {
      journal.load(state.begins(), found);
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private void load(long begins, SegmentScan.Found found) throws IOException {
    SortedSet<Long> beginnings = beginnings(disk);
    // Their retirement was decided, and a crash came before it was done.
    for (long retired : beginnings.headSet(begins)) {
      disk.delete(Segment.name(retired));
    }
    size = begins;
    SortedSet<Long> rest = beginnings.tailSet(begins);
    for (long first : rest) {
      if (first != size) {
        throw new IOException(
            "the journal has a gap: entry %d should follow, %s begins with entry %d"
                .formatted(size, Segment.name(first), first));
      }
      State before = new State(first, positions.now());
      segments.add(
          Segment.open(
              disk,
              before,
              first == rest.last(),
              (line, at) -> {
                positions.passed(line.from());
                found.entry(line, at);
              }));
      size = segments.getLast().next();
    }
    if (segments.isEmpty()) {
      segments.add(Segment.create(disk, new State(begins, positions.now())));
    }
  }

  void append(List<Line> entries) throws IOException {
    Segment last = last();
    if (last.size() >= segmentBytes) {
      last = Segment.create(disk, new State(last.next(), positions.now()));
      lock.writeLock().lock();
      segments.add(last);
      lock.writeLock().unlock();
    }
    last.append(entries, buffer);
    positions.passed(entries);
    size = last.next();
  }

  void recover() throws IOException {
    last().recover();
  }

  private Segment last() {
    lock.readLock().lock();
    try {
      return segments.getLast();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Adds entries from an index on; those before the journal's beginning are not here. */
  void read(long from, long upTo, List<byte[]> entries) throws IOException {
    lock.readLock().lock();
    try {
      long at = from;
      for (Segment segment : segments) {
        if (at >= segment.first() && at < Math.min(upTo, segment.next())) {
          int before = entries.size();
          segment.read(at, upTo, entries);
          at += entries.size() - before;
        }
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The index of the first entry that is here. */
  long begins() {
    lock.readLock().lock();
    try {
      return segments.getFirst().first();
    } finally {
      lock.readLock().unlock();
    }
  }

  long size() {
    return size;
  }

  /** The offset behind the last record of a partition; 0 when there is none. */
  long next(String topic, int partition) {
    return positions.next(topic, partition);
  }

  /** Where the segment that begins there begins, with every position. */
  State stateAt(long begins) {
    lock.readLock().lock();
    try {
      return segments.stream()
          .map(Segment::before)
          .filter(state -> state.begins() == begins)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no segment begins at " + begins));
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The beginning of the last segment all of whose predecessors end at or before an index. */
  long retirable(long upTo) {
    lock.readLock().lock();
    try {
      return segments.stream()
          .mapToLong(Segment::first)
          .filter(first -> first <= upTo)
          .max()
          .orElse(segments.getFirst().first());
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Deletes the segments before the one that begins there. */
  void retire(long begins) throws IOException {
    List<Segment> retired;
    lock.writeLock().lock();
    try {
      retired = segments.stream().filter(segment -> segment.first() < begins).toList();
      segments.removeAll(retired);
    } finally {
      lock.writeLock().unlock();
    }
    for (Segment segment : retired) {
      segment.close();
      disk.delete(Segment.name(segment.first()));
    }
  }

  @Override
  public void close() throws IOException {
    for (Segment segment : segments) {
      segment.close();
    }
  }
}
