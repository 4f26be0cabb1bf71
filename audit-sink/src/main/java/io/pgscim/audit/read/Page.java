package io.pgscim.audit.read;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Some entries of the log, and how far was looked.
 *
 * @param entries as JSON, each with its index
 * @param next everything up to this index, in the order asked for, has been looked at; null when
 *     nothing can follow
 * @param first the first entry that the log keeps; those before were pruned
 * @param size how many entries the log has
 */
record Page(List<byte[]> entries, Long next, long first, long size) {

  byte[] json() {
    var out = new ByteArrayOutputStream();
    out.writeBytes("{\"entries\":[".getBytes(StandardCharsets.UTF_8));
    String comma = "";
    for (byte[] entry : entries) {
      out.writeBytes(comma.getBytes(StandardCharsets.UTF_8));
      out.writeBytes(entry);
      comma = ",\n";
    }
    String pruned = first == 0 ? "" : ",\"first\":" + first;
    String end =
        "]" + pruned + ",\"size\":" + size + (next == null ? "}" : ",\"next\":" + next + "}");
    out.writeBytes(end.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
