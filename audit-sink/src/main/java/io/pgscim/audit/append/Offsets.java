package io.pgscim.audit.append;

import java.util.Arrays;

/** Where each entry begins in the file, 8 bytes an entry. Safe for one writer and many readers. */
final class Offsets {
  private long[] starts = new long[1 << 10];
  private int size;
  private long end;

  synchronized void add(long nextStart) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
    }
    starts[size++] = end;
    end = nextStart;
  }

  synchronized int size() {
    return size;
  }

  /** The end of the last entry: where the next begins. */
  synchronized long end() {
    return end;
  }

  /** Where entry {@code index} begins; for the size, where the next would. */
  synchronized long start(int index) {
    return index == size ? end : starts[index];
  }
}
