package io.pgscim.ingest.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.command.Admin.Failure;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The admin API of a running service. */
final class AdminApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI base;
  private final String token;

  private AdminApi(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** As the environment says. */
  static AdminApi ofEnvironment() {
    String url = System.getenv().getOrDefault("ADMIN_URL", "http://127.0.0.1:8080");
    try {
      return new AdminApi(URI.create(url.replaceFirst("/+$", "")), token());
    } catch (IllegalArgumentException e) {
      throw new Failure("ADMIN_URL is no URL");
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  JsonNode get(String path) {
    return send("GET", path, null);
  }

  JsonNode post(String path, ObjectNode body) {
    return send("POST", path, body);
  }

  void delete(String path) {
    send("DELETE", path, null);
  }

  private JsonNode send(String method, String path, ObjectNode body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "/admin" + path))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      JsonNode answer =
          response.body().isBlank() ? MissingNode.getInstance() : JSON.readTree(response.body());
      if (response.statusCode() >= 300) {
        throw new Failure(answer.path("detail").asText("the answer is " + response.statusCode()));
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw new Failure("what answers at " + base + " is no pgscim");
    } catch (IllegalArgumentException e) {
      throw new Failure("a name or the token has characters that cannot be sent");
    } catch (IOException e) {
      throw new Failure("no service answers at " + base + "; ADMIN_URL says where it is");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }

  private static String token() {
    String known = System.getenv("ADMIN_TOKEN");
    if (known != null && !known.isBlank()) {
      return known.strip();
    }
    Console console = System.console();
    if (console != null) {
      return new String(console.readPassword("Admin token: ")).strip();
    }
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line != null && !line.isBlank()) {
        return line.strip();
      }
    } catch (IOException e) {
      throw new Failure("standard input cannot be read");
    }
    throw new Failure("a token is needed, in ADMIN_TOKEN or on standard input");
  }
}
