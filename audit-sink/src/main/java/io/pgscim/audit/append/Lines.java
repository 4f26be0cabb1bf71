package io.pgscim.audit.append;

import io.pgscim.audit.disk.OpenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Lines of a file, one after the other. */
final class Lines {
  private static final int CHUNK = 1 << 17;

  private final OpenFile file;
  private final long end;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).limit(0);
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream(1024);
  private long fetched;

  /**
   * @param from where a line begins
   * @param end nothing is read from there on
   */
  Lines(OpenFile file, long from, long end) {
    this.file = file;
    this.fetched = from;
    this.end = end;
  }

  /** The next line without its newline; null when no whole one is left. */
  byte[] next() throws IOException {
    byte[] bytes = chunk.array();
    while (chunk.hasRemaining() || fetch()) {
      int start = chunk.position();
      int limit = chunk.limit();
      int stop = start;
      while (stop < limit && bytes[stop] != '\n') {
        stop++;
      }
      if (stop == limit) {
        begun.write(bytes, start, stop - start);
        chunk.position(stop);
        continue;
      }
      chunk.position(stop + 1);
      if (begun.size() == 0) {
        return Arrays.copyOfRange(bytes, start, stop);
      }
      begun.write(bytes, start, stop - start);
      byte[] line = begun.toByteArray();
      begun.reset();
      return line;
    }
    return null;
  }

  /** Where the next line begins. */
  long at() {
    return fetched - chunk.remaining() - begun.size();
  }

  private boolean fetch() throws IOException {
    chunk.clear().limit((int) Math.min(CHUNK, end - fetched));
    int count = chunk.hasRemaining() ? file.read(chunk, fetched) : -1;
    chunk.flip();
    fetched += Math.max(0, count);
    return count > 0;
  }
}
