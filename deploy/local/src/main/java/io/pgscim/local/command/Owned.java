package io.pgscim.local.command;

import io.pgscim.local.LocalSystem;
import io.pgscim.local.Settings;
import java.util.concurrent.CountDownLatch;

/**
 * The system, owned by this process: it stops when the process is told to end, also in the middle
 * of starting.
 */
final class Owned implements AutoCloseable {
  private final LocalSystem system;
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean ending;

  private Owned(LocalSystem system) {
    this.system = system;
  }

  static Owned claim(Settings settings) {
    Owned owned = new Owned(LocalSystem.prepare(settings, Owned::say));
    Runtime.getRuntime().addShutdownHook(new Thread(owned::end, "stop"));
    return owned;
  }

  LocalSystem system() {
    return system;
  }

  void start() throws InterruptedException {
    try {
      system.startAll();
    } catch (RuntimeException e) {
      if (ending) {
        awaitEnd();
      }
      throw e;
    }
  }

  /** Returns only by an interrupt: the process ends by a signal. */
  void awaitEnd() throws InterruptedException {
    never.await();
  }

  @Override
  public void close() {
    system.close();
  }

  private void end() {
    ending = true;
    System.out.println("stopping");
    system.close();
    System.out.println("stopped");
  }

  private static void say(String part, String text) {
    System.out.printf("  %-12s %s%n", part, text);
  }
}
