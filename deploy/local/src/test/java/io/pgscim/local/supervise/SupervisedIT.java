package io.pgscim.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.local.supervise.Supervised.State;
import io.pgscim.parts.process.ChildProcess;
import io.pgscim.parts.process.Launch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisedIT {
  @TempDir Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService restarts = Executors.newScheduledThreadPool(2);
  private Supervised supervised;

  @AfterEach
  void leaveNothingRunning() {
    restarts.shutdownNow();
    supervised.kill();
  }

  @Test
  void startsAPartAgainThatWasKilledFromOutside() throws Exception {
    supervised = supervised("sleep 600");
    supervised.start();
    ChildProcess first = supervised.part().process().orElseThrow();

    first.kill();

    await(
        () ->
            supervised.state() == State.READY
                && supervised.part().process().orElseThrow() != first);
    assertThat(said)
        .anyMatch(line -> line.contains("ended with exit code 137; starting it again in 0.2 s"));
  }

  @Test
  void leavesAPartAloneThatKeepsDying() throws Exception {
    supervised = supervised("sleep 0.1; exit 3");

    supervised.start();

    await(() -> supervised.state() == State.FAILED);
    assertThat(said.getLast())
        .isEqualTo("shell ended with exit code 3, for the 5th time within a minute: it stays down");
  }

  @Test
  void doesNotStartAPartAgainThatItKilledItself() throws Exception {
    supervised = supervised("sleep 600");
    supervised.start();

    supervised.kill();

    Thread.sleep(500);
    assertThat(supervised.state()).isEqualTo(State.STOPPED);
    assertThat(supervised.part().process().orElseThrow().isAlive()).isFalse();
  }

  private Supervised supervised(String script) {
    Journal journal =
        new Journal() {
          @Override
          public void say(String part, String text) {
            said.add(part + " " + text);
          }

          @Override
          public void changed() {
            // Only what is said matters here.
          }
        };
    return new Supervised(new Shell(folder, script), journal, restarts);
  }

  private interface Check {
    boolean isSo();
  }

  private static void await(Check check) throws InterruptedException {
    while (!check.isSo()) {
      Thread.sleep(20);
    }
  }

  /** A part that is a shell command and serves as soon as it runs. */
  private static final class Shell implements Part {
    private final Launch launch;
    private volatile ChildProcess process;

    Shell(Path folder, String script) {
      this.launch =
          new Launch(
              "shell",
              List.of("sh", "-c", script),
              Map.of(),
              folder,
              folder.resolve("log"),
              "TERM",
              Duration.ofSeconds(1));
    }

    @Override
    public String name() {
      return "shell";
    }

    @Override
    public int port() {
      return 1;
    }

    @Override
    public Path log() {
      return launch.log();
    }

    @Override
    public void start() {
      process = ChildProcess.start(launch);
    }

    @Override
    public void stop() {
      process().ifPresent(ChildProcess::stop);
    }

    @Override
    public void kill() {
      process().ifPresent(ChildProcess::kill);
    }

    @Override
    public Optional<ChildProcess> process() {
      return Optional.ofNullable(process);
    }
  }
}
