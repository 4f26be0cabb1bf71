package io.pgscim.ingest.protocol;

import java.util.concurrent.atomic.AtomicLong;

/** A share of the heap, for what is under way together. One alone may be larger. */
final class Share {
  private final AtomicLong taken = new AtomicLong();
  private final long most;

  private Share(long most) {
    this.most = most;
  }

  /** One of so many equal parts of the heap. */
  static Share ofHeap(int parts) {
    return new Share(Runtime.getRuntime().maxMemory() / parts);
  }

  /** Takes so many bytes; false when they are not there, and then none is taken. */
  boolean take(long bytes) {
    long together = taken.addAndGet(bytes);
    if (together <= most || together == bytes) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
