package io.pgscim.local.command;

import io.pgscim.local.home.Home;
import io.pgscim.local.home.RunState;
import io.pgscim.local.supervise.JvmOptions;
import io.pgscim.parts.PartsException;
import io.pgscim.parts.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything in the background. */
@Command(
    name = "up",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Starts everything in the background and returns when all of it is ready.",
      "When it is up already, says so; with another policy, resource types or port than it was started with, run down first."
    })
final class Up implements Callable<Integer> {
  private static final long POLL_MILLIS = 50;

  @Mixin private StartOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<RunState> running = afterAnyOtherStart();
    if (running.isPresent()) {
      return alreadyUp(running.get());
    }
    Home home = options.data().home();
    home.open();
    Path log = home.beginLog("quickstart");
    FileTail tail = FileTail.fromEnd(log);
    Process supervisor = spawn(log);
    Thread stopIt = new Thread(() -> end(supervisor), "stop");
    Runtime.getRuntime().addShutdownHook(stopIt);
    boolean ready = awaitReady(home, supervisor, tail);
    Runtime.getRuntime().removeShutdownHook(stopIt);
    if (ready) {
      System.out.println(WhereThingsAre.afterUp(options.data()));
    }
    return ready ? 0 : 1;
  }

  /** When somebody else is just starting it, that start is waited for. */
  private Optional<RunState> afterAnyOtherStart() throws InterruptedException {
    Optional<RunState> running = options.data().running();
    while (running.isPresent() && !running.get().ready()) {
      Thread.sleep(POLL_MILLIS);
      running = options.data().running();
    }
    return running;
  }

  private int alreadyUp(RunState state) {
    Optional<Path> other = options.policy().filter(file -> !file.toString().equals(state.policy()));
    if (other.isPresent()) {
      throw new PartsException(
          "it is up already, with the policy "
              + state.policy()
              + "; to use another, run down first");
    }
    Optional<Path> types = options.resourceTypes();
    if (types.isPresent() && !types.equals(options.data().home().rememberedResourceTypes())) {
      throw new PartsException(
          "it is up already, with other resource types; to serve those of "
              + types.get()
              + ", run down first");
    }
    System.out.println("It is up already (process " + state.supervisor().pid() + ").");
    System.out.println(WhereThingsAre.afterUp(options.data()));
    return 0;
  }

  /** A process in a session of its own: neither Ctrl-C nor the end of the terminal reaches it. */
  private Process spawn(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    if (ChildProcess.onPath("setsid")) {
      command.add("setsid");
    }
    command.addAll(List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "quickstart"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmOptions.small(128));
    command.add("-Dpgscim.root=" + DataOption.root());
    command.addAll(List.of(Quickstart.class.getName(), "supervise"));
    command.addAll(options.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder
        .directory(options.data().folder().toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectErrorStream(true)
        .start();
  }

  private boolean awaitReady(Home home, Process supervisor, FileTail tail)
      throws IOException, InterruptedException {
    while (true) {
      boolean alive = supervisor.isAlive();
      boolean ready = RunState.read(home).filter(state -> isReady(state, supervisor)).isPresent();
      tail.copyTo(System.out);
      if (ready || !alive) {
        return ready;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static boolean isReady(RunState state, Process supervisor) {
    return state.ready() && state.supervisor().pid() == supervisor.pid();
  }

  private static void end(Process supervisor) {
    supervisor.destroy();
    try {
      supervisor.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
