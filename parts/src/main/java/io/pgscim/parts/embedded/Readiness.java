package io.pgscim.parts.embedded;

import io.pgscim.parts.PartsException;
import io.pgscim.parts.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waiting until a child process serves, or saying why it will not. */
public final class Readiness {
  private static final int LAST_LINES = 12;
  private static final long PAUSE_MILLIS = 20;

  private Readiness() {}

  /** Looks whether the process serves now. */
  @FunctionalInterface
  public interface Check {
    boolean isReady() throws IOException;
  }

  /**
   * Returns once the check passes; the process is killed when it does not in time.
   *
   * @throws PartsException naming the process, what happened and the last lines of its log
   */
  public static void await(
      String name, ChildProcess process, Path log, Duration limit, Check check) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (!check.isReady()) {
        if (!process.isAlive()) {
          throw new PartsException(
              name
                  + " ended with exit code "
                  + process.onExit().join()
                  + " while starting"
                  + lastLines(log));
        }
        if (System.nanoTime() > end) {
          process.kill();
          throw new PartsException(
              name + " was not ready after " + limit.toSeconds() + " s" + lastLines(log));
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.kill();
      throw new PartsException("interrupted while waiting for " + name, e);
    }
  }

  /**
   * Waits until a process that only has to do its work and end has done so.
   *
   * @throws PartsException when it ends with another exit code than 0, or not in time
   */
  static void awaitEnd(String name, ChildProcess process, Path log, Duration limit) {
    int code = process.onExit().completeOnTimeout(-1, limit.toSeconds(), TimeUnit.SECONDS).join();
    if (code != 0) {
      process.kill();
      throw new PartsException(name + " failed with exit code " + code + lastLines(log));
    }
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      return "; last lines of " + log + ":\n  " + String.join("\n  ", last);
    } catch (IOException unreadable) {
      return "; its log " + log + " cannot be read";
    }
  }
}
