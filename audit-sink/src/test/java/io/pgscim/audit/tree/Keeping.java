package io.pgscim.audit.tree;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.append.Pace;
import io.pgscim.audit.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A thread that lets a tree follow a log, as the service has one. */
public final class Keeping implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final AuditLog log;
  private final Disk disk;
  private final Thread thread;
  private volatile long signed;
  private volatile boolean stopped;

  public Keeping(AuditLog log, Disk disk) {
    this.log = log;
    this.disk = disk;
    this.thread = Thread.ofPlatform().name("tree").start(this::run);
  }

  private void run() {
    var pace = new Pace(log, LOOK);
    try {
      Tree tree = Tree.open(disk, log, disk.path("private/key"), "pgscim.example/audit");
      while (!stopped) {
        pace.begin();
        tree.grow(8192);
        signed = tree.checkpoint().size();
        log.covered(signed);
        Thread.sleep(pace.rest(tree.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many entries the checkpoint on disk covers. */
  public long signed() {
    return signed;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
