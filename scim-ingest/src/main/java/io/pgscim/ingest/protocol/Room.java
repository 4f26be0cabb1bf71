package io.pgscim.ingest.protocol;

import java.util.concurrent.Semaphore;

/**
 * Room for one request's body. Small ones always have it; of large ones only a few may be in work
 * at once, so that memory stays bounded whoever sends what.
 */
final class Room {
  /** From this size on, in bytes, a body is large. */
  private static final int LARGE = 2 * 1_024 * 1_024;

  private final Semaphore large;
  private boolean taken;

  Room(Semaphore large) {
    this.large = large;
  }

  /** Whether there is room for so many bytes. Once there is, there stays room for more. */
  boolean has(long bytes) {
    if (bytes >= LARGE && !taken) {
      taken = large.tryAcquire();
    }
    return bytes < LARGE || taken;
  }

  /** The body is no longer needed. */
  void leave() {
    if (taken) {
      taken = false;
      large.release();
    }
  }
}
