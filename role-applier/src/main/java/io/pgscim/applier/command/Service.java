package io.pgscim.applier.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A running role-applier. */
final class Service implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Optional<String> token;

  /** It refused, or cannot be reached; the message says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  Service(String url, Optional<String> token) {
    this.url = url.replaceFirst("/+$", "");
    this.token = token;
  }

  JsonNode get(String path) throws Refused {
    return send(request(path).GET());
  }

  /** Sends text of that media type. */
  JsonNode post(String path, String type, byte[] body) throws Refused {
    BodyPublisher bytes = BodyPublishers.ofByteArray(body);
    return send(request(path).header("Content-Type", type).POST(bytes));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private JsonNode send(HttpRequest.Builder request) throws Refused {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      JsonNode body = body(response);
      if (response.statusCode() != 200) {
        throw new Refused(words(response.statusCode(), body));
      }
      return body;
    } catch (ConnectException e) {
      throw new Refused("nothing answers at " + url + ": is role-applier running? (--url)");
    } catch (IOException e) {
      throw new Refused(url + " does not answer properly: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted");
    }
  }

  private static JsonNode body(HttpResponse<byte[]> response) throws IOException {
    return response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body());
  }

  private static String words(int status, JsonNode body) {
    var words = new StringBuilder(body.path("detail").asText("it answered " + status));
    body.path("problems").forEach(problem -> words.append("\n  ").append(problem.asText()));
    if (body.has("successor")) {
      words.append(": ").append(body.get("successor").asText());
    }
    if (status == 401) {
      words.append(" (set PGSCIM_ADMIN_TOKEN)");
    }
    return words.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
