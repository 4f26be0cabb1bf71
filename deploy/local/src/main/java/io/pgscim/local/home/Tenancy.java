package io.pgscim.local.home;

import io.pgscim.local.home.RunState.PartState;
import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The right to run on a data folder: one process has it at a time. The operating system takes it
 * back from a process that ends, however it ends.
 */
public final class Tenancy implements AutoCloseable {
  private static final long FORMER_PARTS_SECONDS = 60;

  private final FileChannel file;
  private final Ports ports;

  private Tenancy(FileChannel file, Ports ports) {
    this.file = file;
    this.ports = ports;
  }

  /**
   * Moves in: takes the lock, waits for what a killed supervisor left behind to end, and chooses
   * the ports.
   *
   * @throws PartsException when another process has the folder, or a port is taken
   */
  public static Tenancy of(Home home, Map<Ports.Use, Integer> wantedPorts) {
    FileChannel file = lock(home);
    try {
      awaitFormerParts(home);
      return new Tenancy(file, Ports.choose(home, wantedPorts));
    } catch (RuntimeException e) {
      close(file);
      throw e;
    }
  }

  public Ports ports() {
    return ports;
  }

  /** Moves out. Everything that ran must have ended before. */
  @Override
  public void close() {
    close(file);
  }

  private static FileChannel lock(Home home) {
    FileChannel file = null;
    try {
      file =
          FileChannel.open(home.file("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = file.tryLock();
      if (lock != null) {
        return file;
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Said below, as for a lock of another process.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close(file);
    String who =
        RunState.read(home)
            .filter(RunState::isRunning)
            .map(state -> " (process " + state.supervisor().pid() + ")")
            .orElse("");
    throw new PartsException(
        "another quickstart"
            + who
            + " runs on "
            + home.folder()
            + ": stop it first, or name another folder with --data");
  }

  /**
   * After a kill the leashes need a moment to stop the parts; until then their ports and files are
   * in use.
   */
  private static void awaitFormerParts(Home home) {
    RunState.read(home).stream()
        .flatMap(state -> state.parts().stream())
        .map(PartState::process)
        .filter(Objects::nonNull)
        .map(RunState.Pid::running)
        .flatMap(Optional::stream)
        .map(ProcessHandle::onExit)
        .forEach(Tenancy::await);
  }

  private static void await(CompletableFuture<ProcessHandle> exit) {
    try {
      exit.orTimeout(FORMER_PARTS_SECONDS, TimeUnit.SECONDS).join();
    } catch (RuntimeException late) {
      throw new PartsException(
          "a part of a former run does not end; end it by hand and try again", late);
    }
  }

  private static void close(FileChannel file) {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
