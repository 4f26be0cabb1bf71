package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.parts.RealParts;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a process of its own: when it starts, and when it does not. */
class StartIT {
  private static final String HASH_OF_SECRET =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  @TempDir Path folder;

  @Test
  void withoutATokenItSaysSoAndEnds() throws Exception {
    Path output = folder.resolve("output.log");
    Process process = start(output, "start_without_token", Map.of());

    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ended").isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output))
        .contains("scim-ingest needs at least one token: set PGSCIM_ACCESS_TOKEN_SHA256")
        .doesNotContain("\tat ");
  }

  @Test
  void aTokenInsteadOfItsHashIsRefused() throws Exception {
    Path output = folder.resolve("output.log");
    Process process =
        start(output, "start_with_token", Map.of("PGSCIM_ACCESS_TOKEN_SHA256", "the-token-itself"));

    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ended").isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output))
        .contains("pgscim.access.token-sha256 must hold the SHA-256")
        .doesNotContain("the-token-itself");
  }

  @Test
  void aWrongResourceTypeIsNamedAndNothingIsServed() throws Exception {
    Path output = folder.resolve("output.log");
    Path types = Files.createDirectory(folder.resolve("types"));
    Files.writeString(
        types.resolve("agent.json"),
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": "urn:x:Agent",
         "attributes": [{"name": "agentUserName", "mutability": "often"}]}
        """);
    Process process =
        start(
            output,
            "start_with_wrong_type",
            Map.of(
                "PGSCIM_ACCESS_TOKEN_SHA256",
                HASH_OF_SECRET,
                "PGSCIM_RESOURCE_TYPES",
                types.toString()));

    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ended").isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output))
        .contains("agent.json: attribute agentUserName: mutability cannot be \"often\"; it is one of")
        .doesNotContain("\tat ");
  }

  @Test
  void withoutKafkaItStartsAndTakesPushes() throws Exception {
    int port = freePort();
    Path output = folder.resolve("output.log");
    Process process =
        start(
            output,
            "start_without_kafka",
            Map.of(
                "PGSCIM_ACCESS_TOKEN_SHA256",
                HASH_OF_SECRET,
                "QUARKUS_HTTP_PORT",
                Integer.toString(port)));
    try {
      assertThat(pushed(port)).as("%s", Files.readString(output)).isEqualTo(201);
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it stops when told to").isTrue();
    }
  }

  /** Pushes until the service is up. */
  private static int pushed(int port) throws InterruptedException {
    HttpRequest push =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/scim/v2/Users"))
            .header("Authorization", "Bearer secret")
            .POST(BodyPublishers.ofString("{\"userName\": \"early\"}"))
            .build();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(deadline)) {
      try {
        return HttpClient.newHttpClient().send(push, BodyHandlers.discarding()).statusCode();
      } catch (IOException notYet) {
        Thread.sleep(200);
      }
    }
    return 0;
  }

  private static Process start(Path output, String database, Map<String, String> environment)
      throws IOException {
    RealParts.database().createDatabase(database);
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
    builder.environment().keySet().removeIf(key -> key.startsWith("PGSCIM_"));
    builder.environment().put("PGSCIM_DIRECTORY_URL", RealParts.database().url(database));
    builder.environment().put("PGSCIM_DIRECTORY_USERNAME", RealParts.database().superuser());
    builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
