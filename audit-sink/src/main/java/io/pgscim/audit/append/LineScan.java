package io.pgscim.audit.append;

import io.pgscim.audit.entry.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a file of entries from its start, and tells a torn end from a damaged middle. */
final class LineScan {
  private static final int CHUNK = 1 << 20;

  private final FileChannel file;
  private final Found found;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private long good;
  private long number;
  private IOException damage;

  private LineScan(FileChannel file, Found found) {
    this.file = file;
    this.found = found;
  }

  /** Told of every whole entry, in order. */
  interface Found {
    /**
     * @param end the offset behind its newline
     */
    void entry(Line line, long end);
  }

  /**
   * What follows the last whole entry.
   *
   * @param bytes how much of it there is
   */
  record Torn(long bytes) {}

  /**
   * Reads all entries. A last line that is no entry is torn, whether its newline is there or not:
   * the pages of one write may reach the disk in any order.
   *
   * @throws IOException when a line that is no entry has another behind it
   */
  static Torn scan(FileChannel file, Found found) throws IOException {
    return new LineScan(file, found).run();
  }

  private Torn run() throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long at = 0;
    while (file.read(chunk, at) > 0) {
      chunk.flip();
      take(chunk, at);
      at += chunk.limit();
      chunk.clear();
    }
    return new Torn(at - good);
  }

  private void take(ByteBuffer chunk, long at) throws IOException {
    while (chunk.hasRemaining()) {
      byte next = chunk.get();
      if (next == '\n') {
        line(at + chunk.position());
      } else {
        line.write(next);
      }
    }
  }

  private void line(long end) throws IOException {
    if (damage != null) {
      throw new IOException(
          "entry " + number + " at byte " + good + " is damaged, and it is not the last", damage);
    }
    try {
      found.entry(Line.read(line.toByteArray()), end);
      good = end;
      number++;
    } catch (IOException e) {
      damage = e;
    }
    line.reset();
  }
}
