package io.pgscim.audit.index;

import java.util.List;

/** What entries are found by: a field and its value, as one number. */
public final class Terms {
  /** Fields of the entry itself. */
  public static final List<String> OWN =
      List.of("event", "outcome", "source", "txn", "type", "what", "who");

  /** Fields of the entry's {@code which}. */
  public static final List<String> WHICH =
      List.of("cluster", "directory", "group", "object", "policy", "record", "role", "user");

  /** SQLite keeps a whole number of this size in six bytes; the batch packs it with an offset. */
  private static final int BITS = 47;

  /** The terms of events, and no others, are from here on: so they can be read by themselves. */
  static final long EVENTS = 1L << (BITS - 1);

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Terms() {}

  /**
   * The number. Two terms may share one: whoever finds an entry by it looks at the entry.
   *
   * @return 0 to 2^47 - 1
   */
  static long of(String name, String value) {
    long hash = mix(mix(FNV_OFFSET, name) ^ '=', value);
    hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
    long term = hash >>> (64 - BITS + 1);
    return name.equals("event") ? EVENTS | term : term;
  }

  private static long mix(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
