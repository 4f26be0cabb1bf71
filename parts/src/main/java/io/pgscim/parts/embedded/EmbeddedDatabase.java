package io.pgscim.parts.embedded;

import io.pgscim.parts.Database;
import io.pgscim.parts.process.ChildProcess;
import io.pgscim.parts.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server as a child process, on 127.0.0.1 and without a socket file. Its data stay in
 * its directory when it is closed.
 */
public final class EmbeddedDatabase implements Database {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final Settings settings;
  private final Unprivileged way = Unprivileged.way();
  private volatile ChildProcess process;

  /**
   * How to run it.
   *
   * @param directory where its data live; created, and the cluster with it, when missing
   * @param log the file its messages are appended to
   * @param port where clients connect, on 127.0.0.1
   * @param binaries the programs to run
   * @param durable whether commits survive a power cut; a killed process loses nothing either way
   * @param parameters further settings, as in {@code postgresql.conf}
   */
  public record Settings(
      Path directory,
      Path log,
      int port,
      PostgresBinaries binaries,
      boolean durable,
      Map<String, String> parameters) {
    public Settings {
      parameters = Map.copyOf(parameters);
    }

    /** On a free port, for tests: fast rather than safe from power cuts. */
    public static Settings in(Path directory, PostgresBinaries binaries) {
      return new Settings(
          directory,
          directory.resolve("postgresql.log"),
          FreePort.choose(),
          binaries,
          false,
          Map.of());
    }
  }

  public EmbeddedDatabase(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return settings.port();
  }

  @Override
  public synchronized void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    try {
      Files.createDirectories(settings.directory());
      if (!Files.exists(data().resolve("PG_VERSION"))) {
        initialise();
      }
      waitForFormerServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChildProcess started = ChildProcess.start(launch("PostgreSQL", serverCommand()));
    process = started;
    Readiness.await(
        "PostgreSQL", started, settings.log(), START_LIMIT, () -> isReady(started.pid()));
  }

  /**
   * The cluster is made beside its place and moved there whole, so that an interrupted start leaves
   * no half of one.
   */
  private void initialise() throws IOException {
    Path draft = settings.directory().resolve("data-draft");
    Folders.delete(draft);
    way.createOwned(draft);
    ChildProcess initdb = ChildProcess.start(launch("initdb", initCommand(draft)));
    Readiness.awaitEnd("initdb", initdb, settings.log(), START_LIMIT);
    Files.move(draft, data());
  }

  private List<String> initCommand(Path target) {
    List<String> command = new ArrayList<>();
    command.add(settings.binaries().program("initdb").orElseThrow().toString());
    command.addAll(
        List.of("--pgdata", target.toString(), "--username", superuser(), "--auth", "trust"));
    command.addAll(List.of("--encoding", "UTF8", "--no-instructions"));
    command.addAll(collation(settings.binaries().major()));
    if (!settings.durable()) {
      command.add("--no-sync");
    }
    return command;
  }

  /**
   * Unicode case rules without depending on the machine's locales, as far as the major version has
   * them.
   */
  private static List<String> collation(int major) {
    if (major >= 17) {
      return List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    }
    if (major >= 15) {
      return List.of("--locale=C", "--locale-provider=icu", "--icu-locale=und");
    }
    return List.of("--locale=C");
  }

  private List<String> serverCommand() {
    List<String> command = new ArrayList<>();
    command.add(settings.binaries().program("postgres").orElseThrow().toString());
    command.addAll(List.of("-D", data().toString(), "-p", "" + settings.port()));
    set(command, "listen_addresses", host());
    set(command, "unix_socket_directories", "");
    set(command, "max_connections", "200");
    set(command, "log_line_prefix", "%m [%p] %q%u@%d ");
    if (!settings.durable()) {
      set(command, "fsync", "off");
      set(command, "full_page_writes", "off");
    }
    settings.parameters().forEach((name, value) -> set(command, name, value));
    return command;
  }

  /**
   * Makes a folder from which a standby of this server can be started, by a copy of its data: it
   * must be stopped meanwhile.
   *
   * @param directory of the standby's settings, which also have to name this server as {@code
   *     primary_conninfo}
   */
  public void copyForStandby(Path directory) {
    try {
      Folders.copy(data(), directory.resolve("data"));
      Files.createFile(directory.resolve("data").resolve("standby.signal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(List<String> command, String name, String value) {
    command.addAll(List.of("-c", name + "=" + value));
  }

  private Launch launch(String name, List<String> command) {
    return new Launch(
        name,
        way.command(command),
        Map.of("LC_ALL", "C", "TZ", "UTC"),
        settings.directory(),
        settings.log(),
        "INT",
        Duration.ofSeconds(30));
  }

  /**
   * PostgreSQL will not start while its {@code postmaster.pid} names a living process of the same
   * user. When that is a server whose owner died, it is about to end; after a crash or a restart of
   * the machine the number may belong to anything, and then the file goes.
   */
  private void waitForFormerServer() throws IOException {
    Optional<List<String>> lines = pidFile();
    if (lines.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> former =
        ProcessHandle.of(Long.parseLong(lines.get().getFirst().strip()))
            .filter(
                other ->
                    other
                        .info()
                        .command()
                        .filter(command -> command.endsWith("postgres"))
                        .isPresent());
    if (former.isPresent()) {
      former.get().onExit().completeOnTimeout(former.get(), 30, TimeUnit.SECONDS).join();
    } else {
      Files.deleteIfExists(data().resolve("postmaster.pid"));
    }
  }

  /** The server itself writes its state into the eighth line of {@code postmaster.pid}. */
  private boolean isReady(long pid) throws IOException {
    return pidFile()
        .filter(lines -> lines.size() >= 8 && lines.getFirst().strip().equals("" + pid))
        .filter(lines -> lines.get(7).strip().equals("ready"))
        .isPresent();
  }

  private Optional<List<String>> pidFile() throws IOException {
    Path file = data().resolve("postmaster.pid");
    return Files.exists(file)
        ? Optional.of(Files.readAllLines(file)).filter(lines -> !lines.isEmpty())
        : Optional.empty();
  }

  private Path data() {
    return settings.directory().resolve("data");
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
  public void close() {
    stop();
  }

  /** The process as it runs now; empty before the first start. */
  public Optional<ChildProcess> process() {
    return Optional.ofNullable(process);
  }
}
