package io.pgscim.audit.entry;

import java.nio.charset.StandardCharsets;

/** An entry's own bytes, with its index as one more field in front. */
public final class Indexed {
  private Indexed() {}

  /**
   * The JSON object.
   *
   * @param entry a JSON object that is not empty
   */
  public static byte[] json(long index, byte[] entry) {
    byte[] front = ("{\"index\":" + index + ",").getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[front.length + entry.length - 1];
    System.arraycopy(front, 0, whole, 0, front.length);
    System.arraycopy(entry, 1, whole, front.length, entry.length - 1);
    return whole;
  }
}
