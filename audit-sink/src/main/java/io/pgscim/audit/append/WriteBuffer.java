package io.pgscim.audit.append;

import java.nio.ByteBuffer;

/**
 * Where a write is put together, outside the heap: from anywhere else, Java copies it there once
 * more. The usual one is used again and again.
 */
final class WriteBuffer {
  private static final int USUAL = 2 << 20;

  private ByteBuffer usual = ByteBuffer.allocateDirect(1 << 16);

  /** An empty buffer of at least so many bytes. */
  ByteBuffer of(int bytes) {
    if (bytes > USUAL) {
      return ByteBuffer.allocate(bytes);
    }
    if (bytes > usual.capacity()) {
      usual = ByteBuffer.allocateDirect(USUAL);
    }
    return usual.clear();
  }
}
