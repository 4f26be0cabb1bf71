package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Some entries of the log, and how far was looked.
 *
 * @param entries as JSON, each with its index
 * @param next everything up to this index has been looked at
 * @param size how many entries the log has
 */
record Page(List<byte[]> entries, long next, long size) {
  /** However rare the entry looked for, one request reads no more than so many. */
  private static final int MOST_READ = 50_000;

  private static final int STEP = 500;

  /** One answer is not much larger than this, however large the entries. */
  private static final int MOST_BYTES = 8 << 20;

  static Page read(AuditLog log, long after, int limit, EntryFilter filter) throws IOException {
    long size = log.size();
    List<byte[]> found = new ArrayList<>();
    long bytes = 0;
    long next = Math.min(after, size - 1);
    long last = Math.min(size, next + 1 + MOST_READ);
    while (next + 1 < last) {
      for (byte[] entry : log.read(next + 1, (int) Math.min(STEP, last - next - 1))) {
        next++;
        if (filter.matches(entry)) {
          found.add(withIndex(next, entry));
          bytes += entry.length;
        }
        if (found.size() == limit || bytes >= MOST_BYTES) {
          return new Page(found, next, size);
        }
      }
    }
    return new Page(found, next, size);
  }

  /** The entry's own bytes, with the index as one more field in front. */
  static byte[] withIndex(long index, byte[] entry) {
    byte[] front = ("{\"index\":" + index + ",").getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[front.length + entry.length - 1];
    System.arraycopy(front, 0, whole, 0, front.length);
    System.arraycopy(entry, 1, whole, front.length, entry.length - 1);
    return whole;
  }

  byte[] json() {
    var out = new ByteArrayOutputStream();
    out.writeBytes("{\"entries\":[".getBytes(StandardCharsets.UTF_8));
    String comma = "";
    for (byte[] entry : entries) {
      out.writeBytes(comma.getBytes(StandardCharsets.UTF_8));
      out.writeBytes(entry);
      comma = ",\n";
    }
    out.writeBytes(
        ("],\"size\":" + size + ",\"next\":" + next + "}").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
