package io.pgscim.local;

import io.pgscim.local.home.Home;
import io.pgscim.local.home.RunState;
import io.pgscim.local.home.RunState.PartState;
import io.pgscim.local.home.RunState.Pid;
import io.pgscim.local.home.Tenancy;
import io.pgscim.local.home.VerifierKey;
import io.pgscim.local.supervise.Journal;
import io.pgscim.local.supervise.Part;
import io.pgscim.local.supervise.Supervised;
import io.pgscim.parts.PartsException;
import io.pgscim.parts.process.ChildProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * Broker, database server and the three services, running on a data folder until closed. Parts that
 * die are started again; when this JVM dies, all of them stop.
 *
 * <pre>{@code
 * try (LocalSystem system = LocalSystem.start(Settings.in(root, data), LocalSystem.SILENT)) {
 *   URI scim = URI.create(system.env().get("SCIM_BASE_URL"));
 *   system.kill("role-applier"); // SIGKILL; it stays down
 *   system.startAgain("role-applier");
 * }
 * }</pre>
 */
public final class LocalSystem implements AutoCloseable {
  /** Says nothing. */
  public static final Narrator SILENT = (part, text) -> {};

  private static final int RESTART_THREADS = 5;

  private final Home home;
  private final Tenancy tenancy;
  private final Blueprint blueprint;
  private final Narrator narrator;
  private final ScheduledExecutorService restarts =
      Executors.newScheduledThreadPool(
          RESTART_THREADS, Thread.ofPlatform().daemon().name("restart-", 0).factory());
  private final Supervised database;
  private final Supervised broker;
  private final List<Supervised> services;
  private boolean ready;
  private boolean closed;

  /** Is told, in one line each, what happens to the parts. Called from any thread. */
  @FunctionalInterface
  public interface Narrator {
    void say(String part, String text);
  }

  private LocalSystem(Settings settings, Home home, Tenancy tenancy, Narrator narrator) {
    this.home = home;
    this.tenancy = tenancy;
    this.blueprint = new Blueprint(settings, home, tenancy.ports());
    this.narrator = narrator;
    Journal journal = journal();
    this.database = new Supervised(blueprint.database, journal, restarts);
    this.broker = new Supervised(blueprint.broker, journal, restarts);
    this.services =
        blueprint.services.stream()
            .map(service -> new Supervised(service, journal, restarts))
            .toList();
  }

  /**
   * Starts everything; returns once all parts are healthy. When one is not, the rest is stopped
   * again.
   *
   * @throws PartsException in a sentence or two for people: what failed, and the last lines of its
   *     log
   */
  public static LocalSystem start(Settings settings, Narrator narrator) {
    LocalSystem system = prepare(settings, narrator);
    try {
      system.startAll();
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  /**
   * Claims the data folder without starting anything, so that {@link #close} can already be
   * promised.
   */
  public static LocalSystem prepare(Settings settings, Narrator narrator) {
    Home home = Home.at(settings.data());
    home.open();
    Tenancy tenancy = Tenancy.of(home, settings.ports());
    try {
      return new LocalSystem(settings, home, tenancy, narrator);
    } catch (RuntimeException e) {
      tenancy.close();
      throw e;
    }
  }

  /** Starts what {@link #prepare} prepared. */
  public void startAll() {
    together(
        Stream.of(
            () -> {
              database.start();
              blueprint.databases.prepare();
            },
            broker::start));
    together(services.stream().map(service -> service::start));
    synchronized (this) {
      ready = true;
    }
    writeState();
  }

  /** What {@code quickstart env} prints. */
  public Map<String, String> env() {
    return VerifierKey.in(blueprint.env);
  }

  /** The policy file in force. */
  public Path policy() {
    return blueprint.policy;
  }

  /** Ends one part with SIGKILL; it stays down until {@link #startAgain}. */
  public void kill(String part) {
    named(part).kill();
  }

  /** Stops one part properly; it stays down until {@link #startAgain}. */
  public void stop(String part) {
    named(part).stop();
  }

  /** The process of a part that runs. */
  public long pid(String part) {
    return named(part).part().process().orElseThrow().pid();
  }

  /** Starts one part again and returns once it is healthy. */
  public void startAgain(String part) {
    named(part).start();
  }

  /** Stops everything in the reverse order of starting, and gives the data folder free. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      ready = false;
    }
    restarts.shutdownNow();
    try (tenancy) {
      try {
        together(services.stream().map(service -> service::stop));
      } finally {
        together(Stream.of(broker::stop, database::stop));
      }
      writeState();
    }
  }

  private Supervised named(String part) {
    return all()
        .filter(supervised -> supervised.part().name().equals(part))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no part is called " + part));
  }

  private Stream<Supervised> all() {
    return Stream.concat(Stream.of(database, broker), services.stream());
  }

  /**
   * Runs all at the same time and waits for all, also when one fails; then throws the first
   * failure.
   */
  private static void together(Stream<Runnable> steps) {
    try (ExecutorService threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory())) {
      List<CompletableFuture<Void>> running =
          steps.map(step -> CompletableFuture.runAsync(step, threads)).toList();
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Journal journal() {
    return new Journal() {
      @Override
      public void say(String part, String text) {
        narrator.say(part, text);
      }

      @Override
      public void changed() {
        writeState();
      }
    };
  }

  /** A full disk must not keep the parts from being watched, nor from being stopped. */
  private synchronized void writeState() {
    try {
      new RunState(
              Pid.of(ProcessHandle.current().pid()),
              ready,
              blueprint.policy.toString(),
              blueprint.env,
              all().map(LocalSystem::state).toList())
          .write(home);
    } catch (UncheckedIOException e) {
      narrator.say("quickstart", "the state cannot be written down: " + e.getCause().getMessage());
    }
  }

  private static PartState state(Supervised supervised) {
    Part part = supervised.part();
    Pid process =
        part.process().filter(ChildProcess::isAlive).map(child -> Pid.of(child.pid())).orElse(null);
    return new PartState(
        part.name(), supervised.state().word(), process, part.port(), part.log().toString());
  }
}
