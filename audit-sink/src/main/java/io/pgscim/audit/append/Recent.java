package io.pgscim.audit.append;

import java.util.UUID;

/**
 * The event ids of the newest entries, which the index may not know yet: two generations of bounded
 * size, which is taken at once. Guarded by the log.
 */
final class Recent {
  private final int generation;
  private EventIds older;
  private EventIds younger;
  private volatile long first;
  private long middle;
  private long end;

  /**
   * @param generation how many ids one of the two holds at most
   * @param first the index of the entry to come first
   */
  Recent(int generation, long first) {
    this.generation = generation;
    this.older = new EventIds(generation);
    this.younger = new EventIds(generation);
    this.first = first;
    this.middle = first;
    this.end = first;
  }

  void add(UUID event) {
    if (younger.size() >= generation) {
      EventIds oldest = older;
      oldest.clear();
      older = younger;
      younger = oldest;
      first = middle;
      middle = end;
    }
    younger.add(event);
    end++;
  }

  /** Whether so many can be added while every entry from {@code indexed} on is kept. */
  boolean hasRoom(int count, long indexed) {
    return younger.size() + count <= generation || indexed >= middle;
  }

  boolean contains(UUID event) {
    return younger.contains(event) || older.contains(event);
  }

  /** The ids of all entries from here on are known; an older one may be. */
  long first() {
    return first;
  }
}
