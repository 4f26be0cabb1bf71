package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.disk.OpenFile;
import io.pgscim.audit.entry.Line;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * One file of the journal: entries, one a line, and behind those of each write its {@link Closing}.
 *
 * <p>{@code end} and {@code count} cover what is known to be on disk; nothing is read beyond. After
 * a failed write or fsync the tail is unknown (a later fsync may lie about it): it is cut off
 * before anything else is written.
 */
final class Segment implements Closeable {
  private static final Logger LOG = Logger.getLogger(Segment.class);

  /** Of so many entries one is remembered where it begins. */
  private static final int MARK = 64;

  private final String name;
  private final State before;
  private final long first;
  private final OpenFile file;
  private Checksum checksum = new Checksum();
  private int[] marks = new int[64];
  private int count;
  private long end;

  private Segment(Disk disk, State before) throws IOException {
    this.before = before;
    this.first = before.begins();
    this.name = name(first);
    this.file = disk.open(name);
  }

  static String name(long first) {
    return String.format("%s/%012d.jsonl", Journal.FOLDER, first);
  }

  /** Begins a segment; what an earlier attempt left under its name goes. */
  static Segment create(Disk disk, State before) throws IOException {
    var segment = new Segment(disk, before);
    try {
      if (segment.file.size() > 0) {
        segment.file.cut(0);
      }
      return segment;
    } catch (IOException | RuntimeException e) {
      segment.close();
      throw e;
    }
  }

  /**
   * Opens a segment that is there.
   *
   * @param before where it begins, and every position there
   * @param last whether it is the one that was written last: only there a write may be unfinished
   * @throws IOException when it is damaged, with the place
   */
  static Segment open(Disk disk, State before, boolean last, SegmentScan.Found found)
      throws IOException {
    var segment = new Segment(disk, before);
    try {
      segment.load(last, found);
      return segment;
    } catch (IOException | RuntimeException e) {
      segment.close();
      throw e;
    }
  }

  private void load(boolean last, SegmentScan.Found found) throws IOException {
    SegmentScan.Result result =
        SegmentScan.scan(
            name,
            first,
            file,
            (line, at) -> {
              mark(at);
              found.entry(line, at);
            });
    end = result.end();
    checksum = result.checksum();
    if (result.torn() > 0) {
      if (!last) {
        throw new IOException(
            "%s ends with %d bytes that are no whole write, and it is not the last segment"
                .formatted(name, result.torn()));
      }
      LOG.warnf(
          "the last write did not finish, its %d bytes are cut off segment=%s next=%d",
          result.torn(), name, next());
      recover();
    } else if (last) {
      // What a dead process wrote may still be in memory only: it counts from here on.
      file.sync();
    }
  }

  private synchronized void mark(long at) {
    if (count % MARK == 0) {
      int mark = count / MARK;
      if (mark == marks.length) {
        marks = Arrays.copyOf(marks, mark * 2);
      }
      marks[mark] = Math.toIntExact(at);
    }
    count++;
  }

  /**
   * Writes the entries and their closing; on disk when this returns.
   *
   * @param buffer nobody else has it meanwhile
   */
  void append(List<Line> entries, WriteBuffer buffer) throws IOException {
    ByteBuffer write = together(entries, buffer);
    file.write(write, end);
    file.sync();
    synchronized (this) {
      long at = end;
      for (Line entry : entries) {
        mark(at);
        at += entry.bytes().length + 1;
      }
      end += write.limit();
    }
  }

  private ByteBuffer together(List<Line> entries, WriteBuffer buffer) {
    int length = entries.stream().mapToInt(entry -> entry.bytes().length + 1).sum();
    ByteBuffer write = buffer.of(length + Closing.LONGEST + 1);
    entries.forEach(entry -> write.put(entry.bytes()).put((byte) '\n'));
    checksum.add(write.duplicate().flip());
    byte[] closing = Closing.of(checksum, next() + entries.size());
    checksum.add(closing);
    checksum.newline();
    return write.put(closing).put((byte) '\n').flip();
  }

  /** Cuts off what a write that did not succeed may have left. */
  void recover() throws IOException {
    file.cut(end);
    file.sync();
    checksum = SegmentScan.scan(name, first, file, (line, at) -> {}).checksum();
  }

  /** Adds entries from an index on, as far as there are any here. */
  void read(long from, long upTo, List<byte[]> entries) throws IOException {
    long at;
    long limit;
    long stop;
    int skip = (int) ((from - first) % MARK);
    synchronized (this) {
      at = marks[(int) ((from - first) / MARK)];
      limit = end;
      stop = Math.min(upTo, first + count);
    }
    var lines = new Lines(file, at, limit);
    for (long index = from - skip; index < stop; ) {
      byte[] line = lines.next();
      if (line == null) {
        throw new IOException(name + " ends before entry " + index + ": it was cut from outside");
      }
      if (!Closing.looksLike(line)) {
        if (index >= from) {
          entries.add(line);
        }
        index++;
      }
    }
  }

  State before() {
    return before;
  }

  long first() {
    return first;
  }

  /** The index behind the last entry. */
  synchronized long next() {
    return first + count;
  }

  /** Bytes. */
  synchronized long size() {
    return end;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
