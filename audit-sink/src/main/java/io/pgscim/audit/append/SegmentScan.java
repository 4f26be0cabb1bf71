package io.pgscim.audit.append;

import io.pgscim.audit.disk.OpenFile;
import io.pgscim.audit.entry.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a segment from its start, and tells a write that did not finish from a damaged middle. */
final class SegmentScan {
  private final String name;
  private final OpenFile file;
  private final Found found;
  private final Checksum checksum = new Checksum();
  private final List<byte[]> pending = new ArrayList<>();
  private long next;
  private long good;

  /** Told of every entry of every whole write, in order. */
  interface Found {
    /**
     * @param at where its line begins
     */
    void entry(Line line, long at);
  }

  /**
   * How far the segment is whole.
   *
   * @param end behind the last whole write, bytes
   * @param torn bytes behind that
   * @param checksum of all of it, when nothing is torn
   */
  record Result(long end, long torn, Checksum checksum) {}

  private SegmentScan(String name, long first, OpenFile file, Found found) {
    this.name = name;
    this.next = first;
    this.file = file;
    this.found = found;
  }

  /**
   * Reads all of it. What follows the last whole write is torn: the pages of one write may reach
   * the disk in any order.
   *
   * @throws IOException when another write stands behind one that is not whole
   */
  static Result scan(String name, long first, OpenFile file, Found found) throws IOException {
    return new SegmentScan(name, first, file, found).run();
  }

  private Result run() throws IOException {
    long size = file.size();
    var lines = new Lines(file, 0, size);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (!Closing.looksLike(line)) {
        pending.add(line);
      } else if (Arrays.equals(line, Closing.of(upTo(pending), next + pending.size()))) {
        take(line);
      } else if (lines.at() < size) {
        throw damaged("was changed or is incomplete, and it is not the last write");
      }
    }
    return new Result(good, size - good, checksum);
  }

  /** The running checksum, with the entries of the write that is being read. */
  private Checksum upTo(List<byte[]> write) {
    write.forEach(
        line -> {
          checksum.add(line);
          checksum.newline();
        });
    return checksum;
  }

  private void take(byte[] closing) throws IOException {
    long at = good;
    for (byte[] line : pending) {
      try {
        found.entry(Line.read(line), at);
      } catch (IOException e) {
        throw damaged("holds no entry: " + e.getMessage());
      }
      at += line.length + 1;
      next++;
    }
    checksum.add(closing);
    checksum.newline();
    good = at + closing.length + 1;
    pending.clear();
  }

  private IOException damaged(String what) {
    return new IOException(
        name + ": the write at byte " + good + ", entry " + next + " on, " + what);
  }
}
