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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a process of its own: when it starts, and when it does not. */
class StartIT {
  private static final String HASH_OF_SECRET =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  @TempDir Path folder;

  @Test
  void withoutAClientItStartsAndBootstrapMakesTheFirstOnce() throws Exception {
    int port = freePort();
    Path output = folder.resolve("output.log");
    String database = "start_without_client";
    Process process = start(output, database, Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));
    try {
      assertThat(pushed(port, "secret")).as("%s", Files.readString(output)).isEqualTo(401);
      assertThat(Files.readString(output)).contains("scim-ingest/admin bootstrap");

      Ran first = admin(database, port, "", "bootstrap");
      Ran second = admin(database, port, "", "bootstrap");

      assertThat(first.exit()).as("%s", first.error()).isZero();
      Map<String, String> tokens = first.variables();
      assertThat(tokens).containsOnlyKeys("ADMIN_TOKEN", "SCIM_TOKEN");
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.error()).contains("there is an administrator already");
      assertThat(pushed(port, tokens.get("SCIM_TOKEN"))).isEqualTo(201);
      assertThat(Files.readString(output))
          .doesNotContain(tokens.get("ADMIN_TOKEN"), tokens.get("SCIM_TOKEN"));

      String admin = tokens.get("ADMIN_TOKEN");
      assertThat(admin(database, port, admin, "clients", "create", "default", "ci").exit())
          .isZero();
      Ran issued = admin(database, port, admin, "secrets", "issue", "default", "ci");
      assertThat(issued.exit()).as("%s", issued.error()).isZero();
      assertThat(pushed(port, issued.output().strip(), "second")).isEqualTo(201);
      Ran list = admin(database, port, admin, "secrets", "list", "default", "ci");
      assertThat(list.output()).contains("valid").doesNotContain(issued.output().strip());
      Ran refused = admin(database, port, "wrong", "sources");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.error())
          .isEqualTo("admin: a bearer token of an administrator is needed\n");
      assertThat(admin(database, port, admin, "nonsense").exit()).isEqualTo(2);
      assertThat(admin(database, port, admin, "secrets", "--help").output()).contains("rotate");
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it stops when told to").isTrue();
    }
  }

  @Test
  void bootstrapBeforeTheServiceEverRanSaysWhatToDo() throws Exception {
    RealParts.database().createDatabase("bootstrap_too_early");

    Ran early = admin("bootstrap_too_early", 1, "", "bootstrap");

    assertThat(early.exit()).isEqualTo(1);
    assertThat(early.error()).contains("start scim-ingest once");
  }

  @Test
  void aSourceThatCannotBeIsRefused() throws Exception {
    Path output = folder.resolve("output.log");
    Process process =
        start(
            output,
            "start_with_source",
            Map.of("PGSCIM_SOURCES_OKTA_NETWORKS", "192.0.2.0/24,example.com"));

    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ended").isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output))
        .contains("pgscim.sources.okta.networks cannot be: example.com is no network");
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
        .contains(
            "agent.json: attribute agentUserName: mutability cannot be \"often\"; it is one of")
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
      assertThat(pushed(port, "secret")).as("%s", Files.readString(output)).isEqualTo(201);
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it stops when told to").isTrue();
    }
  }

  /** Pushes until the service is up. */
  private static int pushed(int port, String token) throws InterruptedException {
    return pushed(port, token, "early");
  }

  private static int pushed(int port, String token, String userName) throws InterruptedException {
    HttpRequest push =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/scim/v2/Users"))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString("{\"userName\": \"" + userName + "\"}"))
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

  /** What a command came to. */
  private record Ran(int exit, String output, String error) {
    Map<String, String> variables() {
      return output
          .lines()
          .collect(Collectors.toMap(l -> l.split("=", 2)[0], l -> l.split("=", 2)[1]));
    }
  }

  /** Runs the command {@code admin}, with the token on its standard input. */
  private Ran admin(String database, int port, String token, String... arguments) throws Exception {
    Path output = folder.resolve("admin.out");
    Path error = folder.resolve("admin.err");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of("./admin"), Stream.of(arguments)).toList());
    builder.environment().keySet().removeIf(key -> key.startsWith("PGSCIM_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PGSCIM_DIRECTORY_URL", RealParts.database().url(database));
    builder.environment().put("PGSCIM_DIRECTORY_USERNAME", RealParts.database().superuser());
    builder.environment().put("ADMIN_URL", "http://127.0.0.1:" + port);
    Process process = builder.redirectOutput(output.toFile()).redirectError(error.toFile()).start();
    process.getOutputStream().write((token + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
    return new Ran(process.exitValue(), Files.readString(output), Files.readString(error));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
