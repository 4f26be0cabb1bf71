package io.pgscim.parts.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The Docker engine, asked directly and before Testcontainers is: that would try for minutes to
 * fetch images that cannot be had.
 */
final class Engine {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int MAX_REASON = 200;

  private final URI host;

  private Engine(URI host) {
    this.host = host;
  }

  /** The engine of this machine or of {@code DOCKER_HOST}, when it answers. */
  static Optional<Engine> answering() {
    return host().map(Engine::new).filter(Engine::answers);
  }

  /**
   * Makes sure that the engine has an image.
   *
   * @throws PartsException with the engine's words when the image cannot be had
   */
  void obtain(DockerImageName image) {
    DockerImageName name = ImageNameSubstitutor.instance().apply(image);
    String look = "/images/" + name.asCanonicalNameString() + "/json";
    if (ask("GET", look).status() == OK) {
      return;
    }
    Answer fetched =
        ask(
            "POST",
            "/images/create?fromImage="
                + name.getUnversionedPart()
                + "&tag="
                + name.getVersionPart());
    if (ask("GET", look).status() != OK) {
      throw new PartsException(
          "the Docker engine cannot have " + name.asCanonicalNameString() + ": " + fetched.end());
    }
  }

  private record Answer(int status, String body) {
    private String end() {
      return body.strip().substring(Math.max(0, body.strip().length() - MAX_REASON));
    }
  }

  private boolean answers() {
    try {
      return ask("GET", "/_ping").status() == OK;
    } catch (PartsException silent) {
      return false;
    }
  }

  private Answer ask(String method, String path) {
    Request request = Request.builder().method(method).path(path).build();
    try (DockerHttpClient client =
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(host)
                .responseTimeout(PATIENCE)
                .build();
        Response response = client.execute(request)) {
      return new Answer(
          response.getStatusCode(),
          new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      throw new PartsException(
          "the Docker engine at " + host + " does not answer: " + e.getMessage(), e);
    }
  }

  private static Optional<URI> host() {
    String given = System.getenv("DOCKER_HOST");
    if (given != null && !given.isBlank()) {
      return Optional.of(URI.create(given));
    }
    String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/nonexistent");
    return Stream.of(
            Path.of("/var/run/docker.sock"),
            Path.of(runtime, "docker.sock"),
            Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
        .filter(Files::exists)
        .findFirst()
        .map(socket -> URI.create("unix://" + socket));
  }
}
