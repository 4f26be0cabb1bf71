package io.pgscim.audit.index;

/**
 * A Bloom filter of the terms of events. What it does not know is not in the index, for certain;
 * what it knows may be. Its size is fixed: the more entries, the more often the index is asked for
 * nothing, one time in a million at a million entries and one in thirty at eight.
 *
 * <p>One thread adds; any number ask for what was added before they saw the index's size.
 */
final class EventFilter {
  /** 64 bytes, which come together from memory. */
  private static final int BLOCK = 8;

  private static final int BLOCKS = 1 << 17;
  private static final int BITS = 4;

  private final long[] words = new long[BLOCKS * BLOCK];

  void add(long term) {
    long bits = mixed(term);
    int block = block(bits);
    for (int i = 0; i < BITS; i++, bits >>>= 9) {
      words[block + (int) (bits >> 6 & 7)] |= 1L << (bits & 63);
    }
  }

  boolean mayHold(long term) {
    long bits = mixed(term);
    int block = block(bits);
    for (int i = 0; i < BITS; i++, bits >>>= 9) {
      if ((words[block + (int) (bits >> 6 & 7)] & 1L << (bits & 63)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static long mixed(long term) {
    long mixed = (term ^ term >>> 23) * 0xBF58476D1CE4E5B9L;
    return mixed ^ mixed >>> 29;
  }

  private static int block(long bits) {
    return (int) (bits >>> 47) * BLOCK;
  }
}
