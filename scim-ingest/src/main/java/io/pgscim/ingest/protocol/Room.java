package io.pgscim.ingest.protocol;

import java.util.concurrent.Semaphore;

/**
 * Room for one request's body. Small ones always have it; larger ones have a share of the heap, and
 * of really large ones only a few may be in work at once, so that memory stays bounded whoever
 * sends what.
 */
final class Room {
  /** Up to this size, in bytes, a body is small. */
  private static final int SMALL = 16 * 1_024;

  /** From this size on it is large. */
  private static final int LARGE = 2 * 1_024 * 1_024;

  private final Share share;
  private final Semaphore large;
  private long shared;
  private boolean taken;

  Room(Share share, Semaphore large) {
    this.share = share;
    this.large = large;
  }

  /** Whether there is room for so many bytes. Once there is for a large body, there stays. */
  boolean has(long bytes) {
    if (taken || bytes <= Math.max(SMALL, shared)) {
      return true;
    }
    if (bytes >= LARGE) {
      taken = large.tryAcquire();
      return taken;
    }
    if (!share.take(bytes - shared)) {
      return false;
    }
    shared = bytes;
    return true;
  }

  /** The body is no longer needed. */
  void leave() {
    share.giveBack(shared);
    shared = 0;
    if (taken) {
      taken = false;
      large.release();
    }
  }
}
