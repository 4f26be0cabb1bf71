package io.pgscim.ingest.outage;

import io.pgscim.parts.Database;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged service as a process of its own, with a heap that an outage's events do not fit
 * into.
 */
final class Service implements AutoCloseable {
  private static final String HEAP = "-Xmx96m";
  private static final String TOKEN = "secret";
  private static final String HASH_OF_TOKEN =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path log;
  private final String root;
  private final Process process;

  Service(Path folder, Database database, String databaseName, String bootstrapServers)
      throws IOException {
    int port = freePort();
    log = folder.resolve("scim-ingest.log");
    root = "http://127.0.0.1:" + port;
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            HEAP,
            "-XX:+ExitOnOutOfMemoryError",
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
    builder.environment().keySet().removeIf(key -> key.startsWith("PGSCIM_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "PGSCIM_ACCESS_TOKEN_SHA256",
                HASH_OF_TOKEN,
                "PGSCIM_DIRECTORY_URL",
                database.url(databaseName),
                "PGSCIM_DIRECTORY_USERNAME",
                database.superuser(),
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                // So that a frozen broker has requests given up on and sent again.
                "KAFKA_REQUEST_TIMEOUT_MS",
                "3000",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port)));
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Waits until it takes pushes and publishes them. */
  void awaitReady() throws InterruptedException, IOException {
    Instant deadline = Instant.now().plusSeconds(90);
    while (Instant.now().isBefore(deadline)) {
      try {
        if (get("/q/health/ready").contains("leading")) {
          return;
        }
      } catch (IOException notYet) {
        // Not listening.
      }
      Thread.sleep(200);
    }
    throw new AssertionError("not ready: " + Files.readString(log));
  }

  HttpResponse<String> push(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(root + "/scim/v2" + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/scim+json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build(),
        BodyHandlers.ofString());
  }

  String get(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(root + path)).build(), BodyHandlers.ofString())
        .body();
  }

  /** The sum of a metric over its labels. */
  double metric(String name) throws IOException, InterruptedException {
    return get("/q/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** In megabytes, as the operating system counts them. */
  long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
        .findFirst()
        .orElse(0);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
