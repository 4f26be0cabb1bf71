package io.pgscim.applier.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the policy file again and again. A file that is being written is not read: only what was
 * the same twice in a row counts.
 */
public final class PolicyWatch implements AutoCloseable {
  private static final long PERIOD_NANOS = 250_000_000;

  private final Path file;
  private final Thread thread;
  private volatile PolicyReading latest;
  private volatile boolean closed;
  private PolicyReading candidate;

  public PolicyWatch(Path file) {
    this.file = file;
    this.latest = read();
    this.candidate = latest;
    this.thread = Thread.ofVirtual().name("policy-watch").start(this::run);
  }

  /** What the file says. */
  public PolicyReading latest() {
    return latest;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(PERIOD_NANOS);
      PolicyReading reading = read();
      if (reading.digest().equals(candidate.digest())
          && !reading.digest().equals(latest.digest())) {
        latest = reading;
      }
      candidate = reading;
    }
  }

  private PolicyReading read() {
    String name = file.getFileName().toString();
    try {
      return PolicyFile.read(name, open(name), this::open);
    } catch (IOException e) {
      return PolicyFile.unreadable(name, e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  private byte[] open(String name) throws IOException {
    Path path = file.resolveSibling(name);
    if (Files.size(path) > PolicyFile.MAX_BYTES) {
      throw new IOException("longer than " + PolicyFile.MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(path);
  }
}
