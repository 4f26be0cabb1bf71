package io.pgscim.audit.append;

import java.util.Arrays;
import java.util.UUID;

/**
 * Event ids, up to a number of them: 16 bytes each in a flat array, at most two thirds full. Ids
 * are random, so their own bits are the hash. One writer at a time; readers must share its lock.
 */
final class EventIds {
  /** What an empty slot looks like; whether this id itself was added is kept apart. */
  private static final UUID FREE = new UUID(0, 0);

  /** Both halves of each side by side: they come together from memory. */
  private final long[] halves;

  private final int slots;
  private boolean free;
  private int size;

  /**
   * @param most so many can be added
   */
  EventIds(int most) {
    slots = Integer.highestOneBit(Math.max(2, most / 2 * 3)) * 2;
    halves = new long[slots * 2];
  }

  /** Adds an id; false when it was there. */
  boolean add(UUID id) {
    if (id.equals(FREE)) {
      boolean added = !free;
      free = true;
      return added;
    }
    int slot = slot(id.getMostSignificantBits(), id.getLeastSignificantBits());
    if (taken(slot)) {
      return false;
    }
    if ((size + 1) * 3L > slots * 2L) {
      throw new IllegalStateException("no more than " + size + " ids fit");
    }
    halves[slot * 2] = id.getMostSignificantBits();
    halves[slot * 2 + 1] = id.getLeastSignificantBits();
    size++;
    return true;
  }

  int size() {
    return size;
  }

  boolean contains(UUID id) {
    return id.equals(FREE)
        ? free
        : size > 0 && taken(slot(id.getMostSignificantBits(), id.getLeastSignificantBits()));
  }

  void clear() {
    Arrays.fill(halves, 0);
    free = false;
    size = 0;
  }

  private boolean taken(int slot) {
    return (halves[slot * 2] | halves[slot * 2 + 1]) != 0;
  }

  /** Where the id is, or the free slot where it belongs. */
  private int slot(long wantedHigh, long wantedLow) {
    int mask = slots - 1;
    int slot = Long.hashCode((wantedHigh ^ wantedLow) * 0x9E3779B97F4A7C15L) & mask;
    while (taken(slot) && (halves[slot * 2] != wantedHigh || halves[slot * 2 + 1] != wantedLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
