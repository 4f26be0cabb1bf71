package io.pgscim.local.supervise;

import io.pgscim.parts.PartsException;
import io.pgscim.parts.embedded.Readiness;
import io.pgscim.parts.process.ChildProcess;
import io.pgscim.parts.process.Launch;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of the three services, as its own JVM, configured by environment variables alone. */
public final class Service implements Part {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final int PATIENCE_MILLIS = 2_000;

  private final String name;
  private final int port;
  private final Path log;
  private final Launch launch;
  private volatile ChildProcess process;

  /**
   * @param name the module's name
   * @param root the repository, where the module's build is
   * @param directory the working directory
   * @param environment its configuration, secrets included
   */
  public Service(
      String name, Path root, Path directory, int port, Path log, Map<String, String> environment) {
    Path target = root.resolve(name).resolve("target");
    if (!Files.exists(program(target))) {
      throw new PartsException(name + " is not built: run ./mvnw -DskipTests package first");
    }
    this.name = name;
    this.port = port;
    this.log = log;
    Map<String, String> all = new HashMap<>(environment);
    all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    all.put("QUARKUS_HTTP_PORT", "" + port);
    // While a service starts, it is asked often; each time it would log why it is not ready yet.
    all.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "ERROR");
    this.launch = new Launch(name, command(name, target), all, directory, log, "TERM", GRACE);
  }

  private static List<String> command(String name, Path target) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmOptions.of(name));
    command.addAll(JvmOptions.remembering(target.resolve("quickstart.jsa")));
    command.addAll(List.of("-jar", program(target).toString()));
    return command;
  }

  private static Path program(Path target) {
    return target.resolve("quarkus-app").resolve("quarkus-run.jar");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public synchronized void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    ChildProcess started = ChildProcess.start(launch);
    process = started;
    Readiness.await(name, started, log, START_LIMIT, this::isReady);
  }

  private boolean isReady() throws IOException {
    URI health = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
    HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try {
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notListeningYet) {
      return false;
    } finally {
      connection.disconnect();
    }
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
