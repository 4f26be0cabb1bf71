package io.pgscim.parts.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessIT {
  @TempDir Path folder;
  private ChildProcess child;
  private Process owner;

  @AfterEach
  void leaveNothingRunning() {
    if (child != null) {
      child.kill();
    }
    if (owner != null) {
      owner.destroyForcibly();
    }
  }

  @Test
  void stopsWithTheSignalAskedForAndPassesTheExitCodeOn() throws Exception {
    child =
        ChildProcess.start(
            shell("trap 'echo asked; exit 7' TERM; echo up; while :; do sleep 0.05; done"));
    awaitLog("up");

    child.stop();

    assertThat(child.onExit().get(5, SECONDS)).isEqualTo(7);
    assertThat(log()).contains("asked");
  }

  @Test
  void killsWhatDoesNotStopWithinTheGrace() throws Exception {
    child = ChildProcess.start(shell("trap '' TERM; echo up; while :; do sleep 0.05; done"));
    awaitLog("up");

    child.stop();

    assertThat(child.onExit().get(5, SECONDS)).isEqualTo(128 + 9);
    assertGone(child.pid());
  }

  @Test
  void tellsTheExitCodeOfACommandThatEndsByItself() throws Exception {
    child = ChildProcess.start(shell("exit 3"));

    assertThat(child.onExit().get(5, SECONDS)).isEqualTo(3);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void killsTheWholeTree() throws Exception {
    child = ChildProcess.start(shell("sleep 600 & echo $!; wait"));
    awaitLog("\n");
    long grandchild = Long.parseLong(log().strip());

    child.kill();

    assertGone(child.pid());
    assertGone(grandchild);
  }

  @Test
  void keepsSecretsOutOfTheCommandLine() throws Exception {
    Launch quiet = shell("echo \"$SECRET\"; sleep 600");
    child =
        ChildProcess.start(
            new Launch(
                "quiet",
                quiet.command(),
                Map.of("SECRET", "s3cret"),
                folder,
                quiet.log(),
                "TERM",
                quiet.grace()));
    awaitLog("s3cret");

    assertThat(ProcessHandle.of(child.pid()).orElseThrow().info().arguments().orElseThrow())
        .doesNotContain("s3cret");
  }

  @Test
  void nothingOutlivesAnOwnerThatWasKilled() throws Exception {
    owner = startOwner();
    BufferedReader said = owner.inputReader();
    List<Long> children = List.of(Long.parseLong(said.readLine()), Long.parseLong(said.readLine()));
    assertThat(children).allMatch(pid -> ProcessHandle.of(pid).isPresent());

    owner.destroyForcibly();

    for (long pid : children) {
      assertGone(pid);
    }
    assertThat(log()).contains("first asked").contains("second asked");
  }

  /** Starts two children, says their process ids and waits to be killed. */
  public static final class Owner {
    public static void main(String[] folder) throws Exception {
      for (String name : List.of("first", "second")) {
        ChildProcess child =
            ChildProcess.start(
                shell(
                    "trap 'echo "
                        + name
                        + " asked; exit' TERM; echo up; while :; do sleep 0.05; done",
                    Path.of(folder[0])));
        System.out.println(child.pid());
      }
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  private Process startOwner() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Launch shell(String script) {
    return shell(script, folder);
  }

  private static Launch shell(String script, Path folder) {
    return new Launch(
        "a shell",
        List.of("sh", "-c", script),
        Map.of(),
        folder,
        folder.resolve("log"),
        "TERM",
        Duration.ofSeconds(1));
  }

  private String log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private void awaitLog(String text) throws Exception {
    while (!log().contains(text)) {
      Thread.sleep(10);
    }
  }

  private static void assertGone(long pid) throws Exception {
    var process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
