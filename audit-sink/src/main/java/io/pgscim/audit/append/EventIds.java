package io.pgscim.audit.append;

import java.util.UUID;

/**
 * Event ids: 16 bytes each in two flat arrays, at most two thirds full. Ids are random, so their
 * own bits are the hash. One writer at a time; readers must share its lock.
 */
final class EventIds {
  /** What an empty slot looks like; whether this id itself was added is kept apart. */
  private static final UUID FREE = new UUID(0, 0);

  private boolean free;
  private long[] high = new long[1 << 10];
  private long[] low = new long[1 << 10];
  private int size;

  /** Adds an id; false when it was there. */
  boolean add(UUID id) {
    if (id.equals(FREE)) {
      boolean added = !free;
      free = true;
      return added;
    }
    if ((size + 1) * 3L > high.length * 2L) {
      grow();
    }
    int slot = slot(id.getMostSignificantBits(), id.getLeastSignificantBits());
    if (taken(slot)) {
      return false;
    }
    high[slot] = id.getMostSignificantBits();
    low[slot] = id.getLeastSignificantBits();
    size++;
    return true;
  }

  int size() {
    return size;
  }

  boolean contains(UUID id) {
    return id.equals(FREE)
        ? free
        : taken(slot(id.getMostSignificantBits(), id.getLeastSignificantBits()));
  }

  private boolean taken(int slot) {
    return (high[slot] | low[slot]) != 0;
  }

  /** Where the id is, or the free slot where it belongs. */
  private int slot(long wantedHigh, long wantedLow) {
    int mask = high.length - 1;
    int slot = Long.hashCode((wantedHigh ^ wantedLow) * 0x9E3779B97F4A7C15L) & mask;
    while (taken(slot) && (high[slot] != wantedHigh || low[slot] != wantedLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    high = new long[oldHigh.length * 2];
    low = new long[oldLow.length * 2];
    for (int i = 0; i < oldHigh.length; i++) {
      if ((oldHigh[i] | oldLow[i]) != 0) {
        int slot = slot(oldHigh[i], oldLow[i]);
        high[slot] = oldHigh[i];
        low[slot] = oldLow[i];
      }
    }
  }
}
