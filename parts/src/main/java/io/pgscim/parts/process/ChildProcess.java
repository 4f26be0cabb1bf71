package io.pgscim.parts.process;

import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A command that runs under the leash ({@code leash.sh}): when this JVM ends, even by SIGKILL, the
 * operating system closes the pipe that the leash reads, and the leash stops the command.
 *
 * <p>The command runs in a session of its own where {@code setsid} exists, so a Ctrl-C at the
 * terminal reaches only the owner, which then stops its children in the order it wants.
 */
public final class ChildProcess {
  private static final String LEASH = leash();

  private final Launch launch;
  private final Process leash;
  private final long pid;
  private final Optional<ProcessHandle> command;
  private final CompletableFuture<Integer> exit;

  private ChildProcess(Launch launch, Process leash, long pid) {
    this.launch = launch;
    this.leash = leash;
    this.pid = pid;
    this.command = ProcessHandle.of(pid);
    this.exit =
        leash
            .onExit()
            .thenApply(
                ended -> {
                  // Only when the leash itself was killed is the command still there.
                  command.ifPresent(ProcessHandle::destroyForcibly);
                  return ended.exitValue();
                });
  }

  /**
   * Starts it; returns once its process exists.
   *
   * @throws PartsException when it cannot be started at all
   */
  public static ChildProcess start(Launch launch) {
    List<String> line = new ArrayList<>();
    if (onPath("setsid")) {
      line.add("setsid");
    }
    line.addAll(List.of("sh", "-c", LEASH, "leash"));
    line.addAll(
        List.of(launch.log().toString(), launch.stopSignal(), "" + launch.grace().toSeconds()));
    line.addAll(launch.command());
    ProcessBuilder builder = new ProcessBuilder(line).directory(launch.directory().toFile());
    builder.environment().putAll(launch.environment());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    try {
      Process leash = builder.start();
      String pid = leash.inputReader(StandardCharsets.US_ASCII).readLine();
      if (pid == null) {
        throw new PartsException(launch.name() + " did not start; see " + launch.log());
      }
      return new ChildProcess(launch, leash, Long.parseLong(pid));
    } catch (IOException e) {
      throw new PartsException(launch.name() + " did not start: " + e.getMessage(), e);
    }
  }

  /** The process id of the command itself, not of its leash. */
  public long pid() {
    return pid;
  }

  public boolean isAlive() {
    return leash.isAlive();
  }

  /** Completes with the exit code, 128 + n after signal n, once the command has ended. */
  public CompletableFuture<Integer> onExit() {
    return exit.copy();
  }

  /** Asks the command to stop and waits until it is gone; after the grace it is killed. */
  public void stop() {
    try {
      leash.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!await(launch.grace().toSeconds() + 5)) {
      kill();
    }
  }

  /** Ends the command and everything it started with SIGKILL, and waits until they are gone. */
  public void kill() {
    List<ProcessHandle> tree =
        command.stream().flatMap(top -> Stream.concat(Stream.of(top), top.descendants())).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    if (!await(10)) {
      leash.destroyForcibly();
    }
    // Not `onExit`, which looks at processes that are not our children ever more rarely.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (tree.stream().anyMatch(ChildProcess::runs) && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /**
   * Orphans that ended stay in the process table until init takes notice; those have no program any
   * more.
   */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private boolean await(long seconds) {
    try {
      return leash.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether a program of this name can be run. */
  public static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String leash() {
    try (InputStream script = ChildProcess.class.getResourceAsStream("leash.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
