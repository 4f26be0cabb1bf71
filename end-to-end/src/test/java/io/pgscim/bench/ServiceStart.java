package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A service started again and again as the stack started it, but for how its JVM remembers classes.
 *
 * @param options of the JVM, without those about classes
 * @param program and its arguments
 * @param folder for what JVMs remember
 */
record ServiceStart(
    String name,
    List<String> options,
    List<String> program,
    Map<String, String> environment,
    Path folder) {
  private static final long PAUSE_NANOS = 2_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long GRACE_SECONDS = 60;

  /** Where a JVM has its classes from. */
  enum Classes {
    JARS("classes from their jars"),
    ARCHIVE("archive of classes (the quickstart)"),
    AOT_CACHE("AOT cache (JDK 25)");

    private final String words;

    Classes(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    boolean supported() {
      return this != AOT_CACHE || Runtime.version().feature() >= 25;
    }

    private List<String> options(Path folder, boolean training) {
      return switch (this) {
        case JARS -> List.of();
        case ARCHIVE ->
            List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"),
                "-Xlog:disable");
        case AOT_CACHE ->
            List.of(
                (training ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=")
                    + folder.resolve("classes.aot"),
                "-Xlog:disable");
      };
    }
  }

  /**
   * A start.
   *
   * @param ready from the start of the process
   * @param processor what it used of the processors until then
   * @param residentMegabytes then
   */
  record Started(Duration ready, Duration processor, double residentMegabytes) {}

  /** As the stack runs it now. */
  static ServiceStart as(Stack stack, String service) throws IOException {
    Path process = Path.of("/proc/" + stack.pid(service));
    List<String> command = parts(process.resolve("cmdline"));
    int jar = command.indexOf("-jar");
    List<String> options =
        command.subList(1, jar).stream()
            .filter(option -> !option.contains("SharedArchive") && !option.equals("-Xlog:disable"))
            .toList();
    Map<String, String> environment = new HashMap<>();
    for (String variable : parts(process.resolve("environ"))) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return new ServiceStart(
        service,
        options,
        command.subList(jar, command.size()),
        environment,
        Files.createTempDirectory("startup-"));
  }

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static List<String> parts(Path file) throws IOException {
    return Stream.of(Files.readString(file).split("\0")).filter(part -> !part.isEmpty()).toList();
  }

  /** A start whose only purpose is that the JVM remembers. */
  void train(Classes classes) throws IOException, InterruptedException {
    run(classes.options(folder, true));
  }

  Started run(Classes classes) throws IOException, InterruptedException {
    return run(classes.options(folder, false));
  }

  private Started run(List<String> classes) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java().toString()));
    command.addAll(options);
    command.addAll(classes);
    command.addAll(program);
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    Process process = builder.start();
    try {
      while (!isReady()) {
        if (!process.isAlive() || System.nanoTime() - began > PATIENCE_NANOS) {
          throw new IllegalStateException(
              name + " does not get ready: " + Files.readString(log, StandardCharsets.UTF_8));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      Duration ready = Duration.ofNanos(System.nanoTime() - began);
      return new Started(
          ready,
          Duration.ofNanos((long) (ProcessorTime.ofTree(process.pid()) * 1e9)),
          Memory.resident(process.pid()));
    } finally {
      process.destroy();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private boolean isReady() throws IOException {
    URI health =
        URI.create("http://127.0.0.1:" + environment.get("QUARKUS_HTTP_PORT") + "/q/health/ready");
    HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
    try {
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notListeningYet) {
      return false;
    } finally {
      connection.disconnect();
    }
  }
}
