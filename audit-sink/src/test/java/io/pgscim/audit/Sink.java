package io.pgscim.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The packaged service as a process of its own, so that it can be killed. */
public final class Sink implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final String bootstrapServers;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> settings = new HashMap<>();
  private Process process;

  public Sink(Path folder, String bootstrapServers) throws IOException {
    this.folder = folder;
    this.bootstrapServers = bootstrapServers;
    try (ServerSocket socket = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
    }
  }

  /** Sets an environment variable, before the start. */
  public Sink with(String variable, String value) {
    settings.put(variable, value);
    return this;
  }

  /** Starts the process; does not wait. */
  public void start() throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            "target/quarkus-app/quarkus-run.jar");
    java.environment().put("PGSCIM_AUDIT_LOG", folder.toString());
    java.environment().put("PGSCIM_AUDIT_ORIGIN", "test/" + folder.getFileName());
    java.environment().put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    java.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    java.environment().putAll(settings);
    process =
        java.redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    Path.of("target", "sink-" + port + ".log").toFile()))
            .start();
  }

  /** A request with a bearer token; null for none. */
  public HttpResponse<String> send(String method, String path, String token)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Where it serves. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    if (!alive()) {
      throw new AssertionError("the service ended by itself, see target/sink-" + port + ".log");
    }
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The ids of the first so many events of a stream. */
  public List<String> streamed(String path, String lastEventId, int count)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try (var lines =
        http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofLines()).body()) {
      return lines
          .filter(line -> line.startsWith("id:"))
          .map(line -> line.substring(3).strip())
          .limit(count)
          .toList();
    }
  }

  public JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  public void awaitReady() throws Exception {
    await("ready", () -> get("/q/health/ready"), answer -> answer.statusCode() == 200);
  }

  /** All entries, once there are at least so many. */
  public List<JsonNode> entries(long atLeast) throws Exception {
    await(
        atLeast + " entries",
        () -> json("/entries?limit=1"),
        page -> page.path("size").asLong() >= atLeast);
    List<JsonNode> all = new ArrayList<>();
    long after = -1;
    JsonNode page;
    do {
      page = json("/entries?limit=1000&after=" + after);
      page.path("entries").forEach(all::add);
      after = page.path("next").asLong();
    } while (!page.path("entries").isEmpty());
    return all;
  }

  /** What the supplier gives once it satisfies; a failed call counts as not yet. */
  public static <T> T await(String what, Callable<T> supplier, Predicate<T> satisfied)
      throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    Object last = null;
    while (Instant.now().isBefore(end)) {
      try {
        T value = supplier.call();
        if (satisfied.test(value)) {
          return value;
        }
        last = value;
      } catch (IOException e) {
        last = e;
      }
      Thread.sleep(10);
    }
    String seen = String.valueOf(last);
    throw new AssertionError(
        what + " did not come; last seen: " + seen.substring(0, Math.min(500, seen.length())));
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
        throw new AssertionError("the service did not stop when asked to");
      }
    }
  }
}
